import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { postponeAttempt } from '@onfile/db/tables/attempts.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import type { Runtime } from '../runtime.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import type { AttemptRequest } from './attempt-request.ts';
import { sendAttempt } from './send-attempt.ts';

/** Stripe keeps an idempotency key for at least this long; after it the same key would charge anew. */
const keyLifetimeMs = 24 * 60 * 60 * 1000;
/** How long before the attempt began its intent may have been made, by clocks that differ. */
const clockToleranceSeconds = 300;

/**
 * Finds out what an attempt came to whose answer is missing, after a crash or a broken line.
 *
 * While the key lives, the stored request is sent again with it: Stripe answers with the first
 * result, or does the work now if it never arrived. When that answer says nothing (a stored 500, a
 * changed request), or the key is too old, Stripe is asked for the intent itself. A second create
 * is made only when Stripe has none *and* the key is older than a day.
 */
export async function reconcileAttempt(runtime: Runtime, attempt: Row<'attempts'>): Promise<void> {
  const keyAge = runtime.clock.now() - attempt.startedAt;
  const keyLives = keyAge < keyLifetimeMs;
  if (keyLives) {
    const outcome = await sendAttempt(runtime, attempt);
    if (outcome.kind !== 'unknown') return;
  }
  const asOf = runtime.clock.now();
  let found: Stripe.PaymentIntent | undefined;
  try {
    found = await findIntentAtStripe(runtime, attempt);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    runtime.log.warn({ attempt: attempt.id, code: error.code }, 'Stripe could not be asked');
    if (!keyLives) await postponeAttempt(runtime.db, attempt.id, asOf + 60_000);
    return;
  }
  if (found) {
    await settlePaymentIntent(runtime, { intent: found, asOf, actor: { kind: 'worker' } });
  } else if (!keyLives) {
    await sendAttempt(runtime, attempt);
  }
}

/** The intent of an attempt: by its id when we have it, else by our own mark in the customer's list. */
async function findIntentAtStripe(
  runtime: Runtime,
  attempt: Row<'attempts'>,
): Promise<Stripe.PaymentIntent | undefined> {
  const live = await findLiveIntent(runtime.db, attempt.paymentId);
  if (live) return runtime.stripe.paymentIntents.retrieve(live.stripePaymentIntentId);
  const request = JSON.parse(attempt.request) as AttemptRequest;
  if (request.call === 'confirm') return runtime.stripe.paymentIntents.retrieve(request.intentId);
  const payment = await findPayment(runtime.db, attempt.paymentId);
  const customer = payment && (await findCustomer(runtime.db, payment.customerId));
  if (!customer?.stripeCustomerId) return undefined;
  const since = Math.floor(attempt.startedAt / 1000) - clockToleranceSeconds;
  // Listed, never searched: Stripe's search may be minutes behind.
  const list = runtime.stripe.paymentIntents.list({
    customer: customer.stripeCustomerId,
    created: { gte: since },
    limit: 100,
  });
  for await (const intent of list) {
    if (intent.metadata['onfile_payment'] === attempt.paymentId) return intent;
  }
  return undefined;
}
