import type { Row, Tx } from '@onfile/db/database.ts';
import {
  findPayment,
  findPaymentByChargeRequest,
  insertPayment,
} from '@onfile/db/tables/payments.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { newId } from '../ids.ts';
import { tellPaymentChange } from '../mail/tell-payment-change.ts';
import type { Runtime } from '../runtime.ts';

/**
 * A hold has ended that was to go on: the same amount is to be held again, on the method on file and under
 * the same agreement, by an intent of its own. It is written in the transaction that saw the first one end,
 * so that both never stand at once, and is placed by the worker like everything that is due; where the
 * agreement or the method is gone, it waits for whom that concerns. Once for each that ended.
 */
export async function renewHold(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  ended: Row<'payments'>,
): Promise<void> {
  const chargeRequestId = `renewal:${ended.id}`;
  if (await findPaymentByChargeRequest(tx, chargeRequestId)) return;
  const now = runtime.clock.now();
  const id = newId('payment');
  await insertPayment(tx, {
    id,
    customerId: ended.customerId,
    agreementId: ended.agreementId,
    orderId: ended.orderId,
    paymentMethodId: ended.paymentMethodId,
    kind: 'hold',
    amountMinor: ended.amountMinor,
    currency: ended.currency,
    reason: ended.reason,
    status: 'scheduled',
    dueAt: now,
    holdEnd: ended.holdEnd,
    chargeRequestId,
    createdByStaffId: ended.createdByStaffId,
    createdAt: now,
    updatedAt: now,
  });
  await audit(tx, runtime.clock, {
    actor: { kind: 'worker' },
    action: 'payment.hold_renewed',
    subject: { kind: 'payment', id },
    details: { ended: ended.id },
  });
  const before = await findPayment(tx, id);
  if (!before) throw new Error(`payment ${id} is gone`);
  const after = await planNextStep(tx, runtime, id);
  await tellPaymentChange(tx, runtime, { before, after });
}
