import type Stripe from 'stripe';
import type { PaymentKind, Row } from '@onfile/db/database.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';

/** The exact call of an attempt, as it is stored before it is made. */
export type AttemptRequest =
  | { call: 'create'; params: Stripe.PaymentIntentCreateParams }
  | {
      call: 'confirm';
      intentId: string;
      params: Stripe.PaymentIntentConfirmParams;
      /** Whether a `setup_future_usage` is on it, with which Stripe refuses every off-session confirm. */
      clearsFutureUsage: boolean;
    };

/** The key of an attempt: one a business try, the same for every resend of it. */
export function attemptKey(paymentId: string, number: number): string {
  return `${paymentId}:${number}`;
}

/** What Stripe is told of the kind of use that a card was saved for, by the networks' words. */
function credentialUsage(kind: PaymentKind): 'installment' | 'unscheduled' {
  return kind === 'balance' ? 'installment' : 'unscheduled';
}

/** So that a hold can be raised, and be held longer, where the card's bank allows it. */
function askForRoom(extendsHolds: boolean) {
  return {
    request_incremental_authorization: 'if_available' as const,
    ...(extendsHolds && { request_extended_authorization: 'if_available' as const }),
  };
}

/**
 * Builds the request of an attempt. The first creates the intent; every later one confirms that
 * same intent, because a refused create leaves one behind and a second intent could pay twice.
 * `allow_redirects: never`, since nobody is there to be redirected. A debit names the mandate that its
 * owner has given for it.
 */
export function attemptRequest(
  payment: Pick<Row<'payments'>, 'id' | 'amountMinor' | 'currency' | 'reason' | 'kind'>,
  attempt: Pick<Row<'paymentMethods'>, 'id' | 'type' | 'stripePaymentMethodId' | 'stripeMandateId'>,
  at: { owner: StripeOwner; live: Row<'paymentIntents'> | null; extendsHolds: boolean },
): AttemptRequest {
  const use = {
    payment_method: attempt.stripePaymentMethodId,
    off_session: true,
    // The bank's deadline of a hold stands on the charge.
    expand: ['latest_charge'],
    ...(attempt.stripeMandateId && { mandate: attempt.stripeMandateId }),
    ...(attempt.type === 'card' && {
      payment_method_options: {
        card: {
          stored_credential_usage: credentialUsage(payment.kind),
          ...(payment.kind === 'hold' && askForRoom(at.extendsHolds)),
        },
      },
    }),
  };
  if (at.live) {
    return {
      call: 'confirm',
      intentId: at.live.stripePaymentIntentId,
      params: use,
      clearsFutureUsage: at.live.futureUsage !== null,
    };
  }
  return {
    call: 'create',
    params: {
      amount: payment.amountMinor,
      currency: payment.currency,
      ...at.owner,
      ...use,
      confirm: true,
      ...(payment.kind === 'hold' && { capture_method: 'manual' as const }),
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      description: payment.reason,
      metadata: { onfile_payment: payment.id, onfile_attempt: attempt.id },
    },
  };
}
