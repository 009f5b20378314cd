import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCheckoutSession, openCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { performOperation } from '../stripe/stripe-operation.ts';

/** Makes the call that opens a Checkout Session, and writes its answer. */
export async function finishCreateSession(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<Stripe.Checkout.Session> {
  const session = await performOperation(
    runtime,
    operation,
    (request: Stripe.Checkout.SessionCreateParams, options) =>
      runtime.stripe.checkout.sessions.create(request, options),
  );
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await openCheckoutSession(tx, operation.subjectId, session.id, now);
    await endOperation(tx, operation.id, { status: 'done', now });
  });
  return session;
}

/** Stripe's idempotency keys live for a day; a Session that nobody waits for is not made anew. */
const worthwhileMs = 23 * 60 * 60 * 1000;

/**
 * What the worker does when the process that opened a Session died: learns which Session it was,
 * unless the webhook has told us already. The shopper has long started another.
 */
export async function resumeCreateSession(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const now = runtime.clock.now();
  const row = await findCheckoutSession(runtime.db, operation.subjectId);
  if (row?.status === 'creating' && now - operation.createdAt < worthwhileMs) {
    await finishCreateSession(runtime, operation);
    return;
  }
  await endOperation(runtime.db, operation.id, { status: 'done', now });
}
