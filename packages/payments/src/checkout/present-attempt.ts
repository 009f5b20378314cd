import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { writeAttempt } from '../charging/write-attempt.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import type { Runtime } from '../runtime.ts';
import type { Usage } from './checkout-request.ts';
import type { Payable } from './find-payable.ts';
import { planOf } from './payment-plan.ts';

export interface PresentBy {
  method: Row<'paymentMethods'>;
  owner: StripeOwner;
  usage: Usage;
}

/**
 * Writes the next attempt of a payment whose shopper is there: the call is confirmed without
 * `off_session`, and a bank that asks for a step gets it on the page (`use_stripe_sdk`).
 * @throws the database's unique violation when an attempt of this payment is open
 */
export function beginPresentAttempt(
  tx: Tx,
  runtime: Runtime,
  payable: Payable,
  by: PresentBy,
): Promise<Row<'attempts'>> {
  return writeAttempt(tx, runtime, payable.payment, by.method, ({ attemptId, live }) =>
    live
      ? {
          call: 'confirm',
          intentId: live.stripePaymentIntentId,
          params: confirmParams(by),
          clearsFutureUsage: false,
        }
      : { call: 'create', params: createParams(payable, attemptId, by) },
  );
}

function confirmParams({ method, usage }: PresentBy): Stripe.PaymentIntentConfirmParams {
  return {
    payment_method: method.stripePaymentMethodId,
    use_stripe_sdk: true,
    expand: ['latest_charge'],
    // What an earlier try was to be kept for holds no more.
    setup_future_usage: usage === 'none' ? '' : usage,
  };
}

function createParams(
  { order, payment }: Payable,
  attemptId: string,
  { method, owner, usage }: PresentBy,
): Stripe.PaymentIntentCreateParams {
  return {
    amount: payment.amountMinor,
    currency: payment.currency,
    ...owner,
    payment_method: method.stripePaymentMethodId,
    confirm: true,
    use_stripe_sdk: true,
    expand: ['latest_charge'],
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    ...(usage !== 'none' && { setup_future_usage: usage }),
    ...(planOf(order).kind === 'check_stock' && { capture_method: 'manual' as const }),
    description: payment.reason,
    metadata: { onfile_payment: payment.id, onfile_order: order.id, onfile_attempt: attemptId },
  };
}
