import type Stripe from 'stripe';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { isTerminalIntent } from '../state/payment-status.ts';
import { isOurIntent } from '../state/write-intent.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';
import type { Runtime } from '../runtime.ts';
import type { Asking } from './asking.ts';

/**
 * Whether what an event tells is about a payment of ours. News of what came after a charge may be
 * here before the charge's own, or the capture's: then that is settled first, or more would be given
 * back here than was taken.
 */
export async function isAboutOurIntent(
  runtime: Runtime,
  asking: Asking,
  object: { payment_intent?: string | Stripe.PaymentIntent | null },
): Promise<boolean> {
  const intentId = stripeIdOf(object.payment_intent);
  if (!intentId) return false;
  const known = await findIntentByStripeId(runtime.db, intentId);
  if (known && isTerminalIntent(known.status)) return true;
  return asking.once(`unsettled payment_intent ${intentId}`, async () => {
    const asOf = runtime.clock.now();
    const expand = { expand: ['latest_charge'] };
    const intent = await runtime.stripe.paymentIntents.retrieve(intentId, expand);
    if (!(await isOurIntent(runtime.db, intent))) return false;
    return settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
  });
}
