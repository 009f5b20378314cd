import type { Row } from '@onfile/db/database.ts';
import type { HoldEnd } from '@onfile/db/payments.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { holdPayment } from '../state/hold-payment.ts';
import { hasBegun } from './has-begun.ts';

/** Before and while it is held. */
const changeable: Row<'payments'>['status'][] = [
  'scheduled',
  'requires_payment_method',
  'requires_action',
  'requires_capture',
];

/** Its end was asked of Stripe, or is about to be. */
const ends = {
  kinds: ['capture_intent', 'release_intent'],
  statuses: ['open', 'done'],
} as const;

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
    const live = await findLiveIntent(tx, payment.id);
    if (live && (await hasBegun(tx, live.id, ends))) throw new Refusal('order_not_held');
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
