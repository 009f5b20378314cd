import type Stripe from 'stripe';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { isOurIntent, settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';
import type { Runtime } from '../runtime.ts';
import type { Asking } from './asking.ts';

/**
 * Whether what an event tells is about a payment of ours. News of what came after a charge may be
 * here before the charge's own: then that is settled first.
 */
export async function isAboutOurIntent(
  runtime: Runtime,
  asking: Asking,
  object: { payment_intent?: string | Stripe.PaymentIntent | null },
): Promise<boolean> {
  const intentId = stripeIdOf(object.payment_intent);
  if (!intentId) return false;
  if (await findIntentByStripeId(runtime.db, intentId)) return true;
  return asking.once(`unknown payment_intent ${intentId}`, async () => {
    const asOf = runtime.clock.now();
    const intent = await runtime.stripe.paymentIntents.retrieve(intentId);
    if (!(await isOurIntent(runtime.db, intent))) return false;
    return settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
  });
}
