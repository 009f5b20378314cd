import type { Row } from '@onfile/db/database.ts';
import { findOpenAttempt } from '@onfile/db/tables/attempts.ts';
import { isPassing } from '../stripe/classify-error.ts';
import type { Runtime } from '../runtime.ts';
import { keyLives } from '../stripe/key-lifetime.ts';
import { settleOutcome, settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { findAttemptIntent } from './find-attempt-intent.ts';
import type { AttemptAnswer } from './send-attempt.ts';
import { askAgainLater, callForAttempt, settleAnswer } from './send-attempt.ts';

/**
 * Finds out what an attempt came to whose answer is missing, after a crash or a broken line.
 *
 * While the key lives, the stored request is sent again with it: Stripe answers with the first
 * result, or does the work now if it never arrived. Where that says nothing about the first
 * sending (a stored 500, a refusal of the resend), or the key is too old, or Stripe has said not to
 * send it again (`Stripe-Should-Retry: false`), Stripe is asked for the intent itself. A second create is made only when Stripe has none *and* the key is dead.
 */
export async function reconcileAttempt(runtime: Runtime, attempt: Row<'attempts'>): Promise<void> {
  const isAlive = keyLives(attempt.startedAt, runtime.clock.now());
  const answer = isAlive && attempt.mayResend ? await callForAttempt(runtime, attempt) : null;
  if (answer && saysIt(attempt, answer)) {
    await settleAnswer(runtime, attempt, answer);
    return;
  }
  try {
    await askForIntent(runtime, attempt, { answer, isAlive });
  } catch (error) {
    if (!isPassing(error)) throw error;
    runtime.log.warn({ attempt: attempt.id, err: error }, 'Stripe could not be asked');
    await askAgainLater(runtime, attempt);
  }
}

/** A refusal of a resend speaks of the resend: the first sending may still have been charged. */
function saysIt(attempt: Row<'attempts'>, { outcome }: AttemptAnswer): boolean {
  if (outcome.kind === 'rejected') return attempt.sendCount === 0;
  return outcome.kind !== 'unknown';
}

async function askForIntent(
  runtime: Runtime,
  attempt: Row<'attempts'>,
  { answer, isAlive }: { answer: AttemptAnswer | null; isAlive: boolean },
): Promise<void> {
  const asOf = runtime.clock.now();
  const intent = await findAttemptIntent(runtime, attempt);
  const actor = { kind: 'worker' as const };
  if (!intent && isAlive && !answer) {
    // Not to be sent again under this key, and nothing to be seen yet.
    await askAgainLater(runtime, attempt);
    return;
  }
  if (!intent) {
    // Nothing was made. A refusal of the same request is then its answer, and a dead key is free.
    const end = answer ?? (await callForAttempt(runtime, attempt));
    await settleAnswer(runtime, attempt, end);
    return;
  }
  await settlePaymentIntent(runtime, { intent, asOf, actor });
  if (!(await findOpenAttempt(runtime.db, attempt.paymentId))) return;
  const isIdle = ['requires_payment_method', 'requires_confirmation'].includes(intent.status);
  if (isAlive || !isIdle) {
    await askAgainLater(runtime, attempt);
    return;
  }
  // The key is dead and the intent waits for somebody to confirm it: this attempt did not.
  const outcome = { kind: 'rejected' as const, intent, code: 'not_processed' };
  await settleOutcome(runtime, { attempt, outcome, stripeRequestId: null, asOf, actor });
}
