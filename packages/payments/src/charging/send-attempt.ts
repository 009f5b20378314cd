import type Stripe from 'stripe';
import type { Instant, Row } from '@onfile/db/database.ts';
import { countSending, postponeAttempt } from '@onfile/db/tables/attempts.ts';
import { backOff } from '../back-off.ts';
import { countAttempt } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { settleOutcome } from '../state/settle-payment-intent.ts';
import type { ChargeOutcome } from '../stripe/charge-outcome.ts';
import { chargeOutcome } from '../stripe/charge-outcome.ts';
import type { AttemptRequest } from './attempt-request.ts';

/** An answer to an attempt's call, before anything is written about it. */
export interface AttemptAnswer {
  outcome: ChargeOutcome;
  stripeRequestId: string | null;
  asOf: Instant;
}

async function callStripe(
  runtime: Runtime,
  attempt: Row<'attempts'>,
): Promise<Stripe.Response<Stripe.PaymentIntent>> {
  const request = JSON.parse(attempt.request) as AttemptRequest;
  const { paymentIntents } = runtime.stripe;
  const options = { idempotencyKey: attempt.idempotencyKey };
  if (request.call === 'create') return paymentIntents.create(request.params, options);
  if (request.clearsFutureUsage) {
    const key = `${attempt.idempotencyKey}:clear`;
    const nothing = { setup_future_usage: '' as const };
    await paymentIntents.update(request.intentId, nothing, { idempotencyKey: key });
  }
  return paymentIntents.confirm(request.intentId, request.params, options);
}

/** Sends an open attempt from its stored request, with its key, and says what came back. */
export async function callForAttempt(
  runtime: Runtime,
  attempt: Row<'attempts'>,
): Promise<AttemptAnswer> {
  await countSending(runtime.db, attempt.id);
  const call = callStripe(runtime, attempt);
  const outcome = await chargeOutcome(call);
  // A resend may be answered with the first answer, stored then: it is as old as the attempt.
  const asOf = attempt.sendCount > 0 ? attempt.startedAt : runtime.clock.now();
  return { outcome, stripeRequestId: await requestIdOf(call), asOf };
}

/**
 * Takes an answer to the door. An outcome that is not known is written as that, and asked about
 * later; it is never guessed.
 */
export async function settleAnswer(
  runtime: Runtime,
  attempt: Row<'attempts'>,
  answer: AttemptAnswer,
): Promise<void> {
  const { outcome } = answer;
  if (outcome.kind === 'unknown' || outcome.kind === 'not_sent') {
    countAttempt('unknown');
    runtime.log.warn({ attempt: attempt.id, code: outcome.code }, 'outcome not known yet');
    const isFinal = outcome.kind === 'unknown' && !outcome.mayResend;
    await askAgainLater(runtime, isFinal ? { ...attempt, mayResend: 0 } : attempt);
    return;
  }
  await settleOutcome(runtime, { ...answer, attempt, outcome, actor: { kind: 'stripe' } });
}

/** Frees the attempt for another try: after 5 seconds at first, 15 minutes at most. */
export async function askAgainLater(runtime: Runtime, attempt: Row<'attempts'>): Promise<void> {
  const bounds = { firstMs: 5_000, mostMs: 900_000 };
  const nextTryAt = backOff(runtime.clock.now(), attempt.sendCount, bounds);
  await postponeAttempt(runtime.db, attempt, nextTryAt);
}

/** The first sending of an attempt, by the process that wrote it. */
export async function sendAttempt(runtime: Runtime, attempt: Row<'attempts'>): Promise<void> {
  await settleAnswer(runtime, attempt, await callForAttempt(runtime, attempt));
}

/** Stripe's own id of the request, for staff who talk to Stripe's support. */
async function requestIdOf(call: Promise<Stripe.PaymentIntent>): Promise<string | null> {
  try {
    return ((await call) as Stripe.Response<Stripe.PaymentIntent>).lastResponse.requestId;
  } catch (error) {
    return (error as Partial<Stripe.errors.StripeError>).requestId ?? null;
  }
}
