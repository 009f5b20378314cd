import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';

/** The exact call of an attempt, as it is stored before it is made. */
export type AttemptRequest =
  | { call: 'create'; params: Stripe.PaymentIntentCreateParams }
  | { call: 'confirm'; intentId: string; params: Stripe.PaymentIntentConfirmParams };

/** The key of an attempt: one a business try, the same for every resend of it. */
export function attemptKey(paymentId: string, number: number): string {
  return `${paymentId}:${number}`;
}

/**
 * Builds the request of an attempt. The first creates the intent; every later one confirms that
 * same intent, because a refused create leaves one behind and a second intent could pay twice.
 * `allow_redirects: never`, since nobody is there to be redirected. A debit names the mandate that its
 * owner has given for it.
 */
export function attemptRequest(
  payment: Pick<Row<'payments'>, 'id' | 'amountMinor' | 'currency' | 'reason'>,
  attempt: { id: string; stripePaymentMethodId: string; stripeMandateId: string | null },
  at: { owner: StripeOwner; liveIntentId: string | null },
): AttemptRequest {
  const mandate = attempt.stripeMandateId && { mandate: attempt.stripeMandateId };
  if (at.liveIntentId) {
    return {
      call: 'confirm',
      intentId: at.liveIntentId,
      params: { payment_method: attempt.stripePaymentMethodId, off_session: true, ...mandate },
    };
  }
  return {
    call: 'create',
    params: {
      amount: payment.amountMinor,
      currency: payment.currency,
      ...at.owner,
      payment_method: attempt.stripePaymentMethodId,
      ...mandate,
      off_session: true,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      description: payment.reason,
      metadata: { onfile_payment: payment.id, onfile_attempt: attempt.id },
    },
  };
}
