import Stripe from 'stripe';
import type { Db, Instant, Row } from '@onfile/db/database.ts';
import type { OperationKind } from '@onfile/db/records.ts';
import {
  endOperation,
  findOperationByKey,
  insertOperation,
  listOperations,
  postponeOperation,
} from '@onfile/db/tables/stripe-operations.ts';
import { backOff } from '../back-off.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { classifyError } from './classify-error.ts';

/** How long the process that wrote an operation has it to itself before a worker may finish it. */
const ownMs = 60_000;

/**
 * Writes a call down before it is made, with its key and its exact request, in the transaction
 * that decides it. While a call of this kind about this row is open or done, it is that one; after
 * a refusal the next gets a key and a request of its own.
 */
export async function beginOperation(
  db: Db,
  clock: Clock,
  call: {
    kind: OperationKind;
    subjectId: string;
    request: object;
    /** Nobody waits for the answer: a worker makes the call as soon as this is committed. */
    leaveToWorker?: true;
    /** The same, but not before this moment. */
    notBefore?: Instant;
    /** One that is done may be followed by another: a change that can be made again. */
    afterDone?: true;
  },
): Promise<Row<'stripeOperations'>> {
  const now = clock.now();
  const before = await listOperations(db, call.kind, call.subjectId);
  const newest = before.at(-1);
  const isOver = newest?.status === 'refused' || (call.afterDone && newest?.status === 'done');
  if (newest && !isOver) return newest;
  const idempotencyKey = `${call.kind}:${call.subjectId}:${String(before.length + 1)}`;
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
    nextTryAt: call.notBefore ?? (call.leaveToWorker ? now : now + ownMs),
    leasedUntil: null,
    leaseHolder: null,
  });
  const operation = await findOperationByKey(db, idempotencyKey);
  if (!operation) throw new Error(`operation ${idempotencyKey} is gone`);
  return operation;
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
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (classifyError(error) === 'refused') {
      const errorCode = error.code ?? error.rawType ?? error.type;
      await endOperation(runtime.db, operation.id, { status: 'refused', errorCode, now });
      throw error;
    }
    const nextTryAt = backOff(now, operation.sendCount, { firstMs: 5_000, mostMs: 600_000 });
    await postponeOperation(runtime.db, operation.id, nextTryAt);
    runtime.log.warn(
      { operation: operation.id, kind: operation.kind, code: error.code },
      'postponed',
    );
    throw new Refusal('stripe_unavailable');
  }
}
