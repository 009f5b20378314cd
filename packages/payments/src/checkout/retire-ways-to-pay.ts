import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import {
  listOpenSessionsOf,
  lockCheckoutSession,
  updateCheckoutSession,
} from '@onfile/db/tables/checkout-sessions.ts';
import { findLiveIntent, supersedeIntent } from '@onfile/db/tables/payment-intents.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isTerminalIntent, paymentStatusOf } from '../state/payment-status.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { resumeCreateIntent, listOpenCreates } from './finish-create-intent.ts';
import { orAsItIs } from './or-as-it-is.ts';
import { settlePaymentSession } from './settle-payment-session.ts';

/**
 * Ends every way in which a payment could still be paid, before another one is opened: its open
 * Checkout Sessions are expired, its live intent is canceled. What Stripe will not end, because the
 * shopper was faster, is settled instead.
 * @param keep.ownIntent leaves an intent that belongs to no Session: it is confirmed once more
 * @throws Refusal `stripe_unavailable`
 */
export async function retireWaysToPay(
  runtime: Runtime,
  payment: Row<'payments'>,
  keep: { ownIntent: boolean } = { ownIntent: false },
): Promise<void> {
  for (const session of await listOpenSessionsOf(runtime.db, payment.id)) {
    await retireSession(runtime, session.id);
  }
  for (const operation of await listOpenCreates(runtime.db, payment.id)) {
    await resumeCreateIntent(runtime, operation);
  }
  const live = await findLiveIntent(runtime.db, payment.id);
  if (!live || isTerminalIntent(live.status)) return;
  if (keep.ownIntent && !(await belongsToSession(runtime, live))) return;
  await retireIntent(runtime, live);
}

/** Stripe lets nobody but its page confirm the intent of a Session. */
async function belongsToSession(
  runtime: Runtime,
  { stripePaymentIntentId }: Row<'paymentIntents'>,
): Promise<boolean> {
  const intent = await askStripe(runtime, stripePaymentIntentId);
  return intent.metadata['onfile_session'] !== undefined;
}

async function askStripe(runtime: Runtime, id: string): Promise<Stripe.PaymentIntent> {
  try {
    return await runtime.stripe.paymentIntents.retrieve(id);
  } catch (error) {
    if (isPassing(error)) throw new Refusal('stripe_unavailable');
    throw error;
  }
}

/** Ends a Session, or, when Stripe has not answered for it yet, tells the tab that waits for it so. */
async function retireSession(runtime: Runtime, sessionId: string): Promise<void> {
  const stripeSessionId = await inTransaction(runtime.db, async (tx) => {
    const session = await lockCheckoutSession(tx, sessionId);
    if (session?.status === 'creating' && !session.stripeSessionId) {
      const updatedAt = runtime.clock.now();
      await updateCheckoutSession(tx, sessionId, { status: 'expired', updatedAt });
    }
    return session?.stripeSessionId;
  });
  if (stripeSessionId) await expireAtStripe(runtime, { sessionId, stripeSessionId });
}

/** Ends a Session at Stripe, and settles what it has come to. */
export async function expireAtStripe(
  runtime: Runtime,
  { sessionId, stripeSessionId }: { sessionId: string; stripeSessionId: string },
): Promise<void> {
  const operation = await beginOperation(runtime.db, runtime.clock, {
    kind: 'expire_session',
    subjectId: sessionId,
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
 * paid, held or on its way is not canceled here; it is settled by what Stripe says of it.
 */
export async function finishRetireIntent(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { stripePaymentIntentId: id } = JSON.parse(operation.request) as {
    stripePaymentIntentId: string;
  };
  const asOf = runtime.clock.now();
  const before = await askStripe(runtime, id);
  const intent = mayCancel(before) ? await cancel(runtime, operation, id) : before;
  await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'worker' } });
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    // Stripe would not cancel it: it belongs to a page that is done, so nobody can confirm it.
    if (mayCancel(intent)) await supersedeIntent(tx, { id: operation.subjectId, now });
    await endOperation(tx, operation.id, { status: 'done', now });
  });
}

function mayCancel(intent: Stripe.PaymentIntent): boolean {
  const status = paymentStatusOf(intent.status);
  return status === 'requires_payment_method' || status === 'requires_action';
}

/** @returns the intent as it is after that, also when Stripe refused: the shopper was faster */
async function cancel(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  id: string,
): Promise<Stripe.PaymentIntent> {
  const { paymentIntents } = runtime.stripe;
  try {
    return await performOperation(runtime, operation, (_request: object, options) =>
      orAsItIs(
        runtime,
        id,
        paymentIntents.cancel(id, { cancellation_reason: 'abandoned' }, options),
      ),
    );
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return askStripe(runtime, id);
  }
}
