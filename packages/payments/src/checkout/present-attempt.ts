import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { insertAttempt, listAttempts } from '@onfile/db/tables/attempts.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { attemptKey } from '../charging/attempt-request.ts';
import type { AttemptRequest } from '../charging/attempt-request.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import type { Usage } from './checkout-request.ts';
import type { Payable } from './find-payable.ts';
import { planOf } from './payment-plan.ts';

/** How long the process that wrote an attempt has it to itself before a worker may resume it. */
const ownMs = 60_000;

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
export async function beginPresentAttempt(
  tx: Tx,
  runtime: Runtime,
  { order, payment }: Payable,
  by: PresentBy,
): Promise<Row<'attempts'>> {
  const now = runtime.clock.now();
  const number = (await listAttempts(tx, payment.id)).length + 1;
  const live = await findLiveIntent(tx, payment.id);
  const id = newId('attempt');
  const request: AttemptRequest = live
    ? { call: 'confirm', intentId: live.stripePaymentIntentId, params: confirmParams(by) }
    : { call: 'create', params: createParams({ order, payment }, id, by) };
  const row: Row<'attempts'> = {
    id,
    paymentId: payment.id,
    number,
    paymentMethodId: by.method.id,
    status: 'open',
    unknown: 0,
    idempotencyKey: attemptKey(payment.id, number),
    request: JSON.stringify(request),
    errorCode: null,
    declineCode: null,
    adviceCode: null,
    networkDeclineCode: null,
    stripeChargeId: null,
    stripeRequestId: null,
    sendCount: 0,
    startedAt: now,
    finishedAt: null,
    nextTryAt: now,
    leasedUntil: now + ownMs,
    leaseHolder: runtime.leaseHolder,
  };
  await insertAttempt(tx, row);
  return row;
}

function confirmParams({ method, usage }: PresentBy): Stripe.PaymentIntentConfirmParams {
  return {
    payment_method: method.stripePaymentMethodId,
    use_stripe_sdk: true,
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
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    ...(usage !== 'none' && { setup_future_usage: usage }),
    ...(planOf(order).kind === 'check_stock' && { capture_method: 'manual' as const }),
    description: payment.reason,
    metadata: { onfile_payment: payment.id, onfile_order: order.id, onfile_attempt: attemptId },
  };
}
