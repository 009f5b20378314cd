import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { listOpenSessionsOf, updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { findLiveIntent, supersedeIntent } from '@onfile/db/tables/payment-intents.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { isTerminalIntent, paymentStatusOf } from '../state/payment-status.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { settlePaymentSession } from './settle-payment-session.ts';

/**
 * Ends every way in which a payment could still be paid, before another one is opened: its open
 * Checkout Sessions are expired, its live intent is canceled. What Stripe will not end, because the
 * shopper was faster, is settled instead.
 * @throws Refusal `stripe_unavailable`
 */
export async function retireWaysToPay(runtime: Runtime, payment: Row<'payments'>): Promise<void> {
  for (const session of await listOpenSessionsOf(runtime.db, payment.id)) {
    await retireSession(runtime, session);
  }
  const live = await findLiveIntent(runtime.db, payment.id);
  if (live && !isTerminalIntent(live.status)) await retireIntent(runtime, live);
}

async function retireSession(runtime: Runtime, session: Row<'checkoutSessions'>): Promise<void> {
  const { stripeSessionId } = session;
  // One that Stripe has not answered for yet: its page was never shown to anybody.
  if (!stripeSessionId) {
    await updateCheckoutSession(runtime.db, session.id, { status: 'expired' });
    return;
  }
  const operation = await beginOperation(runtime.db, runtime.clock, {
    kind: 'expire_session',
    subjectId: session.id,
    request: { stripeSessionId },
  });
  await finishExpireSession(runtime, operation);
}

/** Makes the call and writes its answer; also what the worker does after a crash. */
export async function finishExpireSession(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { stripeSessionId } = JSON.parse(operation.request) as { stripeSessionId: string };
  try {
    await performOperation(runtime, operation, (_request: object, options) =>
      runtime.stripe.checkout.sessions.expire(stripeSessionId, {}, options),
    );
  } catch (error) {
    // Complete already, or expired: either way Stripe has the answer.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
  await settlePaymentSession(runtime, stripeSessionId, { kind: 'worker' });
  const now = runtime.clock.now();
  await endOperation(runtime.db, operation.id, { status: 'done', now });
}

async function retireIntent(runtime: Runtime, live: Row<'paymentIntents'>): Promise<void> {
  const operation = await beginOperation(runtime.db, runtime.clock, {
    kind: 'retire_intent',
    subjectId: live.id,
    request: { stripePaymentIntentId: live.stripePaymentIntentId },
  });
  await finishRetireIntent(runtime, operation);
}

/**
 * The same for an intent: only when Stripe has canceled it may another take its place. One that is
 * paid, held or on its way cannot be canceled here; it is settled by what Stripe says of it.
 */
export async function finishRetireIntent(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { stripePaymentIntentId: id } = JSON.parse(operation.request) as {
    stripePaymentIntentId: string;
  };
  const asOf = runtime.clock.now();
  const intent = await runtime.stripe.paymentIntents.retrieve(id);
  const mayCancel = paymentStatusOf(intent.status)?.startsWith('requires_') === true;
  if (mayCancel && intent.status !== 'requires_capture') {
    await performOperation(runtime, operation, (_request: object, options) =>
      runtime.stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' }, options),
    );
  } else if (intent.status !== 'canceled') {
    await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'worker' } });
    await endOperation(runtime.db, operation.id, { status: 'done', now: runtime.clock.now() });
    return;
  }
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await supersedeIntent(tx, operation.subjectId, now);
    await endOperation(tx, operation.id, { status: 'done', now });
  });
}
