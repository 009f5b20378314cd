import type { Row, Tx } from '@onfile/db/database.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { endOperation, listOperations } from '@onfile/db/tables/stripe-operations.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { hasBegun } from './has-begun.ts';
import type { EndHoldRequest } from './finish-end-hold.ts';

/** What is done with held funds. */
export type HoldEnd = 'capture' | 'release';

const kinds = { capture: 'capture_intent', release: 'release_intent' } as const;

/**
 * Writes down how a hold ends, before the call is made. The first decision counts: a second click finds
 * it there, and the other one is refused, but for a release that was set for later (with the
 * withdrawal of its agreement), which a capture takes the place of. The payment's row must be held.
 * @throws Refusal `order_not_held`, `payment_under_way` for a capture while a raise is
 */
export async function beginEndHold(
  tx: Tx,
  runtime: Pick<Runtime, 'clock'>,
  end: {
    payment: Row<'payments'>;
    how: HoldEnd;
    amountToCaptureMinor?: number;
    /** It is what was chosen for its end, and left to a worker; else somebody has decided now. */
    asChosen?: true;
  },
): Promise<Row<'stripeOperations'>> {
  const { payment, how } = end;
  const live = await findLiveIntent(tx, payment.id);
  if (payment.status !== 'requires_capture' || !live) throw new Refusal('order_not_held');
  const raise = { kinds: ['raise_intent'], statuses: ['open'] } as const;
  if (how === 'capture' && (await hasBegun(tx, live.id, raise))) {
    throw new Refusal('payment_under_way');
  }
  await giveWay(tx, runtime, live.id, how === 'capture' ? 'release' : 'capture');
  const request: EndHoldRequest = {
    stripePaymentIntentId: live.stripePaymentIntentId,
    ...(end.amountToCaptureMinor !== undefined && {
      amountToCaptureMinor: end.amountToCaptureMinor,
    }),
  };
  // Who lets go by hand wants it gone: what was to be held anew is not.
  if (!end.asChosen && how === 'release' && payment.kind === 'hold') {
    await updatePayment(tx, payment.id, { holdEnd: 'release' });
  }
  return beginOperation(tx, runtime.clock, {
    kind: kinds[how],
    subjectId: live.id,
    request,
    ...(end.asChosen && { leaveToWorker: true }),
  });
}

async function giveWay(
  tx: Tx,
  runtime: Pick<Runtime, 'clock'>,
  intentId: string,
  other: HoldEnd,
): Promise<void> {
  const now = runtime.clock.now();
  for (const operation of await listOperations(tx, kinds[other], intentId)) {
    if (operation.status === 'refused') continue;
    const isForLater =
      operation.status === 'open' && operation.nextTryAt > now && operation.leasedUntil === null;
    // A moment's own time with it is no plan for later.
    if (!isForLater || operation.createdAt + ownTimeMs >= operation.nextTryAt) {
      throw new Refusal('order_not_held');
    }
    await endOperation(tx, operation.id, { status: 'refused', errorCode: 'superseded', now });
  }
}

/** How long a process that wrote an operation has it to itself (see `stripe-operation`). */
const ownTimeMs = 60_000;
