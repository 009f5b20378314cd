import Stripe from 'stripe';
import type { Runtime } from '../runtime.ts';

/**
 * The intent that a call answers with; when it has moved on before the call came (paid, canceled,
 * run out), the intent as it is then.
 */
export async function orAsItIs(
  runtime: Runtime,
  id: string,
  call: Promise<Stripe.PaymentIntent>,
): Promise<Stripe.PaymentIntent> {
  try {
    return await call;
  } catch (error) {
    const hasMovedOn =
      error instanceof Stripe.errors.StripeInvalidRequestError &&
      error.code === 'payment_intent_unexpected_state';
    if (!hasMovedOn) throw error;
    return runtime.stripe.paymentIntents.retrieve(id);
  }
}
