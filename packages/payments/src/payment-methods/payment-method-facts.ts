import type Stripe from 'stripe';
import type { PaymentMethodFacts } from '@onfile/db/tables/payment-methods.ts';

/** What we keep of Stripe's object: enough to name the method to a person, nothing to pay with. */
export function paymentMethodFacts(method: Stripe.PaymentMethod): PaymentMethodFacts {
  const { card } = method;
  const account = method.us_bank_account ?? method.sepa_debit ?? method.au_becs_debit;
  return {
    brand: card?.brand ?? null,
    last4: card?.last4 ?? account?.last4 ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    funding: card?.funding ?? null,
    country: card?.country ?? method.sepa_debit?.country ?? null,
    // Two bank accounts may share one and be two agreements: only cards are merged by it.
    fingerprint: card?.fingerprint ?? null,
    bankName: method.us_bank_account?.bank_name ?? method.sepa_debit?.bank_code ?? null,
    wallet: card?.wallet?.type ?? null,
    billingDetails: JSON.stringify(method.billing_details),
    allowRedisplay: method.allow_redisplay ?? null,
  };
}
