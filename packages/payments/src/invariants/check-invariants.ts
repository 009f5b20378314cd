import type { Runtime } from '../runtime.ts';
import { everyAttemptHasAnOutcome } from './every-attempt-has-an-outcome.ts';
import { everyDebtHasANextStep } from './every-debt-has-a-next-step.ts';
import { everyOperationIsFinished } from './every-operation-is-finished.ts';
import { everySuccessHasAnIntent } from './every-success-has-an-intent.ts';
import type { Invariant } from './invariant.ts';
import { noCapIsExceeded } from './no-cap-is-exceeded.ts';
import { noChargeIsOverdue } from './no-charge-is-overdue.ts';
import { noStaleLease } from './no-stale-lease.ts';
import { oneSuccessPerPayment } from './one-success-per-payment.ts';
import { paidNeverAboveOwed } from './paid-never-above-owed.ts';
import { refundedNeverAbovePaid } from './refunded-never-above-paid.ts';

/** What must hold at any moment, after any crash. */
const invariants: Invariant[] = [
  paidNeverAboveOwed,
  oneSuccessPerPayment,
  noCapIsExceeded,
  refundedNeverAbovePaid,
  everySuccessHasAnIntent,
  everyAttemptHasAnOutcome,
  everyOperationIsFinished,
  everyDebtHasANextStep,
  noChargeIsOverdue,
  noStaleLease,
];

export interface InvariantReport {
  name: string;
  /** Our ids of rows that break it; empty when it holds. */
  broken: string[];
}

/** Asks every invariant now. */
export function checkInvariants(
  runtime: Pick<Runtime, 'db' | 'clock'>,
): Promise<InvariantReport[]> {
  const now = runtime.clock.now();
  return Promise.all(
    invariants.map(async ({ name, findBroken }) => ({
      name,
      broken: await findBroken(runtime.db, now),
    })),
  );
}

/**
 * What the worker does with them: a breach is an error in the log, with the rows that have it.
 * @returns 0, because there is never more of it to do at once
 */
export async function watchInvariants(runtime: Runtime): Promise<number> {
  for (const { name, broken } of await checkInvariants(runtime)) {
    if (broken.length > 0) runtime.log.error({ invariant: name, broken }, 'an invariant is broken');
  }
  return 0;
}
