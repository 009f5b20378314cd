import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { findOrder, lockOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { endOperation, listOperations } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { orAsItIs } from './or-as-it-is.ts';
import { planOf } from './payment-plan.ts';

/** What staff do with funds that are held while the stock is checked. */
export type HoldEnd = 'capture' | 'release';

/**
 * The stock was checked: staff capture what is held for an order, or release it, which ends the
 * order. The call is written down first; a second click, or the other button, finds it there.
 * @throws Refusal `not_found`, `order_not_held` (also when the hold had run out), `stripe_unavailable`
 */
export async function endHold(
  runtime: Runtime,
  ask: { orderId: string; staffId: string; end: HoldEnd },
): Promise<void> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    const order = await lockOrder(tx, ask.orderId);
    if (!order) throw new Refusal('not_found', 'orderId');
    const payments =
      planOf(order).kind === 'check_stock' ? await listOrderPayments(tx, order.id) : [];
    const held = payments.find(({ status }) => status === 'requires_capture');
    const live = held && (await findLiveIntent(tx, held.id));
    if (!held || !live) throw new Refusal('order_not_held');
    const other = ask.end === 'capture' ? 'release_intent' : 'capture_intent';
    const others = await listOperations(tx, other, live.id);
    if (others.some(({ status }) => status !== 'refused')) throw new Refusal('order_not_held');
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: `order.${ask.end}_requested`,
      subject: { kind: 'order', id: order.id },
      details: { payment: held.id },
    });
    return beginOperation(tx, runtime.clock, {
      kind: ask.end === 'capture' ? 'capture_intent' : 'release_intent',
      subjectId: live.id,
      request: { stripePaymentIntentId: live.stripePaymentIntentId },
    });
  });
  await finishEndHold(runtime, operation);
  const ended = ask.end === 'capture' ? 'paid' : 'canceled';
  if ((await findOrder(runtime.db, ask.orderId))?.status !== ended) {
    throw new Refusal('order_not_held');
  }
}

/** Makes the call and takes its answer to the door; also what the worker does after a crash. */
export async function finishEndHold(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { stripePaymentIntentId: id } = JSON.parse(operation.request) as {
    stripePaymentIntentId: string;
  };
  const asOf = runtime.clock.now();
  const intent = await callStripe(runtime, operation, id);
  await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now: runtime.clock.now() });
}

function callStripe(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  id: string,
): Promise<Stripe.PaymentIntent> {
  const { paymentIntents } = runtime.stripe;
  return performOperation(runtime, operation, (_request: object, options) => {
    const call =
      operation.kind === 'capture_intent'
        ? paymentIntents.capture(id, {}, options)
        : paymentIntents.cancel(id, { cancellation_reason: 'requested_by_customer' }, options);
    return orAsItIs(runtime, id, call);
  });
}
