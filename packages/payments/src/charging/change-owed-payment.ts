import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { tellPaymentChange } from '../mail/tell-payment-change.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { planNextStep } from './plan-next-step.ts';
import { requireOwed } from './require-owed.ts';

/** What staff ask for, of one amount that is owed, and why. */
export interface StaffAsk {
  paymentId: string;
  staffId: string;
  reason: string;
}

/** A decision of staff as the audit log has it. */
export interface StaffDecision {
  action: `payment.${string}`;
  details?: Record<string, unknown>;
}

/** @throws Refusal `reason_missing` */
export function requireReason(reason: string): string {
  const given = reason.trim();
  if (!given) throw new Refusal('reason_missing', 'reason');
  return given;
}

/**
 * Staff decide about an amount that is owed: customer and payment are held, what was decided is audited with
 * its reason, and the next step is planned anew in the same transaction.
 * @param change writes the decision; null when it was made before, so that a second click changes nothing
 * @returns the payment as it is now
 * @throws Refusal `reason_missing`, as {@link requireOwed}, and what `change` throws
 */
export async function changeOwedPayment(
  runtime: Pick<Runtime, 'db' | 'clock' | 'settings'>,
  ask: StaffAsk,
  change: (tx: Tx, payment: Row<'payments'>) => Promise<StaffDecision | null>,
  also: { givenUp: boolean } = { givenUp: false },
): Promise<Row<'payments'>> {
  const reason = requireReason(ask.reason);
  return inTransaction(runtime.db, async (tx) => {
    // Whoever charges takes the customer first, then the payment.
    const found = await findPayment(tx, ask.paymentId);
    if (!found) throw new Refusal('not_found', 'paymentId');
    await lockCustomer(tx, found.customerId);
    const before = await requireOwed(tx, ask.paymentId, also);
    const decision = await change(tx, before);
    if (!decision) return before;
    return writeDecision(tx, runtime, { ask: { ...ask, reason }, before, decision });
  });
}

/** Audits a decision of staff, plans the next step anew and tells whom it concerns. */
export async function writeDecision(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  made: { ask: StaffAsk; before: Row<'payments'>; decision: StaffDecision },
): Promise<Row<'payments'>> {
  const { ask, before, decision } = made;
  await audit(tx, runtime.clock, {
    actor: { kind: 'staff', id: ask.staffId },
    action: decision.action,
    subject: { kind: 'payment', id: before.id },
    details: { reason: ask.reason, ...decision.details },
  });
  const after = await planNextStep(tx, runtime, before.id);
  await tellPaymentChange(tx, runtime, { before, after });
  return after;
}
