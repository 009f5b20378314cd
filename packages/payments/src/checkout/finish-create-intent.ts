import type Stripe from 'stripe';
import type { Db, Row } from '@onfile/db/database.ts';
import { endOperation, listOpenOperations } from '@onfile/db/tables/stripe-operations.ts';
import type { Runtime } from '../runtime.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { performOperation } from '../stripe/stripe-operation.ts';

/**
 * What a call that makes an intent is about: the payment, and how many intents it has had. So two
 * tabs at once make the same one.
 */
export function createIntentSubject(paymentId: string, intentsBefore: number): string {
  return `${paymentId}:${String(intentsBefore)}`;
}

/** Calls for an intent of this payment that Stripe has not answered yet. */
export function listOpenCreates(db: Db, paymentId: string): Promise<Row<'stripeOperations'>[]> {
  return listOpenOperations(db, 'create_intent', createIntentSubject(paymentId, 0).slice(0, -1));
}

/** Makes the call that opens an intent, and takes its answer to the door. */
export async function finishCreateIntent(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<Stripe.PaymentIntent> {
  const asOf = runtime.clock.now();
  const intent = await performOperation(
    runtime,
    operation,
    (request: Stripe.PaymentIntentCreateParams, options) =>
      runtime.stripe.paymentIntents.create(request, options),
  );
  await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now: runtime.clock.now() });
  return intent;
}

/** Stripe's idempotency keys live for a day; an intent that nobody waits for is not made anew. */
const worthwhileMs = 23 * 60 * 60 * 1000;

/** What the worker, or another tab, does when the process that opened an intent has died. */
export async function resumeCreateIntent(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const now = runtime.clock.now();
  if (now - operation.createdAt < worthwhileMs) {
    await finishCreateIntent(runtime, operation);
    return;
  }
  await endOperation(runtime.db, operation.id, { status: 'done', now });
}
