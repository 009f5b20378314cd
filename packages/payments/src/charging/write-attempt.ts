import type { Row, Tx } from '@onfile/db/database.ts';
import { insertAttempt, listAttempts } from '@onfile/db/tables/attempts.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import { attemptKey } from './attempt-request.ts';
import type { AttemptRequest } from './attempt-request.ts';

/** How long the process that wrote an attempt has it to itself before a worker may resume it. */
const ownMs = 60_000;

/**
 * Writes the next attempt of a payment with its key and its exact request, leased to this process.
 * @param requestOf builds the request from the attempt's id and the intent that lives, if one does
 * @throws the database's unique violation when an attempt of this payment is open
 */
export async function writeAttempt(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'>,
  method: Row<'paymentMethods'>,
  requestOf: (at: { attemptId: string; live: Row<'paymentIntents'> | null }) => AttemptRequest,
): Promise<Row<'attempts'>> {
  const now = runtime.clock.now();
  const number = (await listAttempts(tx, payment.id)).length + 1;
  const live = await findLiveIntent(tx, payment.id);
  const id = newId('attempt');
  const request = requestOf({ attemptId: id, live: live ?? null });
  const row: Row<'attempts'> = {
    id,
    paymentId: payment.id,
    number,
    paymentMethodId: method.id,
    status: 'open',
    unknown: 0,
    mayResend: 1,
    idempotencyKey: attemptKey(payment.id, number),
    request: JSON.stringify(request),
    errorCode: null,
    declineCode: null,
    adviceCode: null,
    networkDeclineCode: null,
    networkAdviceCode: null,
    cardFingerprint: method.fingerprint,
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
