import type Stripe from 'stripe';
import type { Runtime } from '../runtime.ts';

/** Where an intent of our own page carries what its shopper said of being shown the card again. */
export const redisplayMark = 'onfile_redisplay';

/**
 * Checkout writes `allow_redisplay` on a method by itself. A method that was kept by an intent of our
 * own page has none: it gets what its shopper said then.
 */
export async function withRedisplay(
  runtime: Runtime,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Promise<Stripe.PaymentMethod> {
  const said = intent.metadata[redisplayMark];
  const isSaid = said === 'always' || said === 'limited';
  if (!isSaid || (method.allow_redisplay ?? 'unspecified') !== 'unspecified') return method;
  return runtime.stripe.paymentMethods.update(method.id, { allow_redisplay: said });
}
