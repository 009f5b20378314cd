import type Stripe from 'stripe';
import type { AttemptStatus, Row, Tx } from '@onfile/db/database.ts';
import { endAttempt, listAttempts } from '@onfile/db/tables/attempts.ts';
import { afterCommit } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Clock } from '../clock.ts';
import { countAttempt } from '../observability/metrics.ts';
import type { Decline, FinalOutcome } from '../stripe/charge-outcome.ts';
import { declineOfIntent } from '../stripe/charge-outcome.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';

const noDecline: Decline = {
  code: null,
  declineCode: null,
  adviceCode: null,
  networkDeclineCode: null,
  networkAdviceCode: null,
  chargeId: null,
};

/** What an attempt came to when the intent, after it, has this status; null while it says nothing. */
function attemptStatusOf(intent: Stripe.PaymentIntent): AttemptStatus | null {
  switch (intent.status) {
    case 'succeeded':
      return 'succeeded';
    case 'processing':
      return 'processing';
    case 'requires_action':
      return 'requires_action';
    case 'canceled':
      return 'canceled';
    case 'requires_capture':
      return 'authorized';
    default:
      return intent.last_payment_error ? 'declined' : null;
  }
}

/** Of an attempt that Stripe may still have news of. */
const unfinishedStatuses: AttemptStatus[] = ['open', 'processing', 'requires_action', 'authorized'];

/** Writes the end of an attempt once, however often it is told. Part of the one door. */
async function writeEnd(
  tx: Tx,
  clock: Clock,
  attempt: Row<'attempts'>,
  end: { status: Exclude<AttemptStatus, 'open'>; decline: Decline; stripeRequestId: string | null },
): Promise<void> {
  const { decline } = end;
  const isNews = await endAttempt(tx, {
    attempt,
    end: {
      status: end.status,
      errorCode: decline.code,
      declineCode: decline.declineCode,
      adviceCode: decline.adviceCode,
      networkDeclineCode: decline.networkDeclineCode,
      networkAdviceCode: decline.networkAdviceCode,
      stripeChargeId: decline.chargeId,
      stripeRequestId: end.stripeRequestId ?? attempt.stripeRequestId,
      finishedAt: clock.now(),
    },
  });
  if (!isNews) return;
  afterCommit(tx, () => countAttempt(end.status));
  await audit(tx, clock, {
    actor: { kind: 'stripe' },
    action: `attempt.${end.status}`,
    subject: { kind: 'payment', id: attempt.paymentId },
    details: { attempt: attempt.number, code: decline.code, declineCode: decline.declineCode },
  });
}

/** Settles an attempt by what its own call answered. */
export async function settleAttempt(
  tx: Tx,
  clock: Clock,
  attempt: Row<'attempts'>,
  outcome: FinalOutcome,
  stripeRequestId: string | null,
): Promise<void> {
  if (outcome.kind === 'declined') {
    await writeEnd(tx, clock, attempt, {
      status: 'declined',
      decline: outcome.decline,
      stripeRequestId,
    });
    return;
  }
  if (outcome.kind === 'rejected') {
    const decline = { ...noDecline, code: outcome.code };
    await writeEnd(tx, clock, attempt, { status: 'rejected', decline, stripeRequestId });
    return;
  }
  const status = attemptStatusOf(outcome.intent);
  if (!status || status === 'open') return;
  const decline =
    status === 'declined'
      ? declineOfIntent(outcome.intent)
      : { ...noDecline, chargeId: stripeIdOf(outcome.intent.latest_charge) };
  await writeEnd(tx, clock, attempt, { status, decline, stripeRequestId });
}

/**
 * Settles an attempt by news of the intent that did not come from its own call: the open one, or the
 * last one where its end was not the end of the matter (a debit under way, a step of the shopper's).
 * A failure counts only when this attempt was sent and the failed charge is not an earlier attempt's:
 * an old decline, told late, must not end a new try.
 */
export async function settleAttemptFromIntent(
  tx: Tx,
  clock: Clock,
  paymentId: string,
  intent: Stripe.PaymentIntent,
): Promise<void> {
  const attempts = await listAttempts(tx, paymentId);
  const last = attempts.at(-1);
  const open = attempts.find((attempt) => attempt.status === 'open') ?? last;
  if (!open || !unfinishedStatuses.includes(open.status)) return;
  const failedCharge = intent.last_payment_error?.charge ?? null;
  const isAnothersFailure =
    attemptStatusOf(intent) === 'declined' &&
    (open.sendCount === 0 ||
      attempts.some((attempt) => attempt !== open && attempt.stripeChargeId === failedCharge));
  if (isAnothersFailure) return;
  await settleAttempt(tx, clock, open, { kind: 'answered', intent }, null);
}
