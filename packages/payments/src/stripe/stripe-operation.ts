import Stripe from 'stripe';
import type { Db, Instant, OperationKind, Row } from '@onfile/db/database.ts';
import {
  endOperation,
  findOperationByKey,
  insertOperation,
  postponeOperation,
} from '@onfile/db/tables/stripe-operations.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

/** How long the process that wrote an operation has it to itself before a worker may finish it. */
const ownMs = 60_000;

/** When to try an operation again, by how often it was sent: from 5 seconds to 10 minutes. */
function nextTry(now: Instant, sendCount: number): Instant {
  return now + Math.min(5_000 * 2 ** sendCount, 600_000);
}

/**
 * Writes a call down before it is made, with its key and its exact request, in the transaction
 * that decides it. The same key twice is one operation.
 */
export async function beginOperation(
  db: Db,
  clock: Clock,
  call: { kind: OperationKind; subjectId: string; request: object },
): Promise<Row<'stripeOperations'>> {
  const now = clock.now();
  const idempotencyKey = `${call.kind}:${call.subjectId}`;
  await insertOperation(db, {
    id: newId('operation'),
    kind: call.kind,
    subjectId: call.subjectId,
    idempotencyKey,
    request: JSON.stringify(call.request),
    status: 'open',
    errorCode: null,
    createdAt: now,
    finishedAt: null,
    nextTryAt: now + ownMs,
    leasedUntil: null,
    leaseHolder: null,
  });
  const operation = await findOperationByKey(db, idempotencyKey);
  if (!operation) throw new Error(`operation ${idempotencyKey} is gone`);
  return operation;
}

/** Stripe said no to the request itself; sending it again would end the same way. */
function isDefinite(error: unknown): error is Stripe.errors.StripeError {
  return (
    error instanceof Stripe.errors.StripeError &&
    error.statusCode !== undefined &&
    [400, 402, 403, 404].includes(error.statusCode)
  );
}

/**
 * Makes the call of an operation from its stored request. A definite no ends the operation and is
 * thrown as it came; anything else leaves it open for the worker.
 * @throws Refusal `stripe_unavailable` when Stripe gave no usable answer
 */
export async function performOperation<Request, Answer>(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  call: (request: Request, options: { idempotencyKey: string }) => Promise<Answer>,
): Promise<Answer> {
  const now = runtime.clock.now();
  try {
    return await call(JSON.parse(operation.request) as Request, {
      idempotencyKey: operation.idempotencyKey,
    });
  } catch (error) {
    if (isDefinite(error)) {
      const errorCode = error.code ?? error.rawType ?? error.type;
      await endOperation(runtime.db, operation.id, { status: 'refused', errorCode, now });
      throw error;
    }
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    await postponeOperation(runtime.db, operation.id, nextTry(now, operation.sendCount));
    runtime.log.warn(
      { operation: operation.id, kind: operation.kind, code: error.code },
      'postponed',
    );
    throw new Refusal('stripe_unavailable');
  }
}
