import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { countSending, postponeAttempt } from '@onfile/db/tables/attempts.ts';
import type { Runtime } from '../runtime.ts';
import { settleOutcome } from '../state/settle-payment-intent.ts';
import type { ChargeOutcome } from '../stripe/charge-outcome.ts';
import { chargeOutcome } from '../stripe/charge-outcome.ts';
import type { AttemptRequest } from './attempt-request.ts';

/** When to ask again about an attempt, by how often it was sent: from 5 seconds to 15 minutes. */
function askAgainAt(now: number, sendCount: number): number {
  return now + Math.min(5_000 * 2 ** sendCount, 900_000);
}

function callStripe(runtime: Runtime, attempt: Row<'attempts'>): Promise<Stripe.PaymentIntent> {
  const request = JSON.parse(attempt.request) as AttemptRequest;
  const options = { idempotencyKey: attempt.idempotencyKey };
  return request.call === 'create'
    ? runtime.stripe.paymentIntents.create(request.params, options)
    : runtime.stripe.paymentIntents.confirm(request.intentId, request.params, options);
}

/**
 * Sends an open attempt from its stored request, with its key, and takes the answer to the door.
 * An unknown outcome is written as that, and asked about later; it is never guessed.
 */
export async function sendAttempt(
  runtime: Runtime,
  attempt: Row<'attempts'>,
): Promise<ChargeOutcome> {
  await countSending(runtime.db, attempt.id);
  // A resend may be answered with the first answer, stored then: it is as old as the attempt.
  const asOf = attempt.sendCount > 0 ? attempt.startedAt : runtime.clock.now();
  const call = callStripe(runtime, attempt);
  const outcome = await chargeOutcome(call);
  if (outcome.kind === 'unknown' || outcome.kind === 'not_sent') {
    runtime.log.warn({ attempt: attempt.id, code: outcome.code }, 'outcome not known yet');
    const next = askAgainAt(runtime.clock.now(), attempt.sendCount);
    await postponeAttempt(runtime.db, attempt.id, next);
    return outcome;
  }
  const stripeRequestId = await requestIdOf(call);
  await settleOutcome(runtime, {
    attemptId: attempt.id,
    outcome,
    stripeRequestId,
    asOf,
    actor: { kind: 'stripe' },
  });
  return outcome;
}

/** Stripe's own id of the request, for staff who talk to Stripe's support. */
async function requestIdOf(call: Promise<Stripe.PaymentIntent>): Promise<string | null> {
  try {
    return ((await call) as Stripe.Response<Stripe.PaymentIntent>).lastResponse.requestId;
  } catch (error) {
    return (error as Partial<Stripe.errors.StripeError>).requestId ?? null;
  }
}
