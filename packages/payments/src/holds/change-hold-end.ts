import type { Row, Tx } from '@onfile/db/database.ts';
import type { HoldEnd } from '@onfile/db/payments.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { listOperations } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { holdPayment } from '../state/hold-payment.ts';

/** Before and while it is held. */
const changeable: Row<'payments'>['status'][] = [
  'scheduled',
  'requires_payment_method',
  'requires_action',
  'requires_capture',
];

/**
 * Staff choose what is done with a hold when its time ends.
 * @throws Refusal `not_found`, `order_not_held` (also when its end is on its way already)
 */
export function changeHoldEnd(
  runtime: Runtime,
  ask: { paymentId: string; staffId: string; holdEnd: HoldEnd },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const payment = await holdPayment(tx, ask.paymentId);
    if (!payment) throw new Refusal('not_found', 'paymentId');
    if (payment.kind !== 'hold' || !changeable.includes(payment.status)) {
      throw new Refusal('order_not_held');
    }
    if (await isEnding(tx, payment.id)) throw new Refusal('order_not_held');
    if (payment.holdEnd === ask.holdEnd) return;
    await updatePayment(tx, payment.id, { holdEnd: ask.holdEnd, updatedAt: runtime.clock.now() });
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'payment.hold_end_changed',
      subject: { kind: 'payment', id: payment.id },
      details: { from: payment.holdEnd, to: ask.holdEnd },
    });
  });
}

/** Whether its end was asked of Stripe, or is about to be. */
async function isEnding(tx: Tx, paymentId: string): Promise<boolean> {
  const live = await findLiveIntent(tx, paymentId);
  if (!live) return false;
  const ends = [
    ...(await listOperations(tx, 'capture_intent', live.id)),
    ...(await listOperations(tx, 'release_intent', live.id)),
  ];
  return ends.some(({ status }) => status !== 'refused');
}
