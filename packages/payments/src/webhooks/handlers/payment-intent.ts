import type Stripe from 'stripe';
import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { findIntentByStripeId, listKnownPaid } from '@onfile/db/tables/payment-intents.ts';
import { keepIntentMethod } from '../../checkout/keep-method.ts';
import { settlePaymentSession } from '../../checkout/settle-payment-session.ts';
import type { Runtime } from '../../runtime.ts';
import { isTerminalIntent } from '../../state/payment-status.ts';
import { isOurIntent } from '../../state/write-intent.ts';
import { settlePaymentIntent } from '../../state/settle-payment-intent.ts';
import type { Asking } from '../asking.ts';
import type { Handler } from '../handlers.ts';
import { finalIntentOf } from '../settle-ends.ts';

/**
 * A PaymentIntent changed. A final snapshot, written in our API version, is used as it is; anything
 * else may be out of date by now, so Stripe is asked, unless the intent is known to have ended.
 */
export const handlePaymentIntent: Handler = async (runtime, event, asking) => {
  const snapshot = event.data.object as Stripe.PaymentIntent;
  if (!(await isOurIntent(runtime.db, snapshot))) return;
  const final = finalIntentOf(event);
  if (final) {
    await settle(runtime, asking, { intent: final, asOf: runtime.clock.now() });
    return;
  }
  const known = await findIntentByStripeId(runtime.db, snapshot.id);
  if (known && isTerminalIntent(known.status) && !isTerminalIntent(snapshot.status)) return;
  await asking.once(`payment_intent ${snapshot.id}`, async () => {
    const asOf = runtime.clock.now();
    const expand = { expand: ['latest_charge'] };
    const intent = await runtime.stripe.paymentIntents.retrieve(snapshot.id, expand);
    await settle(runtime, asking, { intent, asOf });
  });
};

async function settle(
  runtime: Runtime,
  asking: Asking,
  { intent, asOf }: { intent: Stripe.PaymentIntent; asOf: number },
): Promise<void> {
  const actor = { kind: 'stripe' as const };
  const isOld =
    asking.settled.has(intent.id) ||
    (intent.status === 'succeeded' && (await listKnownPaid(runtime.db, [intent.id])).length > 0);
  if (!isOld) await settlePaymentIntent(runtime, { intent, asOf, actor });
  await keepIntentMethod(runtime, intent, actor);
  await keepProvenAccount(runtime, intent);
}

/**
 * A bank account that had to prove itself is debited now, after its page was done: what its Session
 * could not keep then is kept now, so that it is not removed while the debit is on its way.
 */
async function keepProvenAccount(runtime: Runtime, intent: Stripe.PaymentIntent): Promise<void> {
  const sessionId = intent.metadata['onfile_session'];
  if (intent.status !== 'processing' || !intent.setup_future_usage || !sessionId) return;
  const session = await findCheckoutSession(runtime.db, sessionId);
  if (!session?.stripeSessionId || session.paymentMethodId !== null) return;
  await settlePaymentSession(runtime, session.stripeSessionId, { kind: 'stripe' });
}
