import type Stripe from 'stripe';
import type { PaymentMethodFacts } from '@onfile/db/tables/payment-methods.ts';

/** What we keep of Stripe's object: enough to name the method to a person, nothing to pay with. */
export function paymentMethodFacts(method: Stripe.PaymentMethod): PaymentMethodFacts {
  const { card } = method;
  return {
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    funding: card?.funding ?? null,
    country: card?.country ?? null,
    fingerprint: card?.fingerprint ?? null,
    allowRedisplay: method.allow_redisplay ?? null,
  };
}
