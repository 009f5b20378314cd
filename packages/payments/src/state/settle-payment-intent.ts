import type Stripe from 'stripe';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { sideBySide } from '@onfile/db/joined.ts';
import { supersedeIntent } from '@onfile/db/tables/payment-intents.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { changePayment, findPaymentOfIntent } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { planStepOf } from '../charging/plan-next-step.ts';
import { noteHoldsEnd } from '../holds/note-holds-end.ts';
import { tellPaymentChange } from '../mail/tell-payment-change.ts';
import type { Runtime } from '../runtime.ts';
import type { FinalOutcome } from '../stripe/charge-outcome.ts';
import { captureBeforeOf } from '../stripe/capture-before.ts';
import { mayFollow, paymentStatusOf } from './payment-status.ts';
import { settleAttempt, settleAttemptFromIntent } from './settle-attempt.ts';
import { settleOrder } from './settle-order.ts';
import { paymentIdOf, writeIntent } from './write-intent.ts';
import { holdFoundPayment, holdPayment, holdPaymentsOf } from './hold-payment.ts';

type Door = Pick<Runtime, 'db' | 'clock' | 'log' | 'settings'>;

/**
 * THE ONE DOOR through which payment state changes. Takes what Stripe says of a PaymentIntent and
 * writes intent, payment, attempt and audit in one transaction. Idempotent and monotonic: any
 * order and any repetition of answers, events and return pages ends in the same rows.
 *
 * @param news.asOf when Stripe was asked: an older answer never overwrites a newer one
 * @returns `false` when the intent is not one of ours
 */
export function settlePaymentIntent(
  door: Door,
  news: { intent: Stripe.PaymentIntent; asOf: Instant; actor: Actor },
): Promise<boolean> {
  return inTransaction(door.db, async (tx) => {
    const payment = await findOurPayment(tx, news.intent);
    if (!payment) return false;
    await settleHeld(tx, door, payment, news);
    return true;
  });
}

/**
 * The same door for several payments at once, in one transaction and about as many statements as one
 * payment takes: of ours, at most one of a customer's.
 * @returns the intents that were settled
 * @throws OneFailed of an intent (its key is Stripe's id); then none is settled
 */
export function settleTogether(
  door: Door,
  news: { intent: Stripe.PaymentIntent; asOf: Instant; actor: Actor }[],
): Promise<Set<string>> {
  return inTransaction(door.db, async (tx) => {
    const intents = news.map(({ intent }) => ({ id: intent.id, paymentId: paymentIdOf(intent) }));
    const held = await holdPaymentsOf(tx, intents);
    const newsOf = new Map(news.map((one) => [one.intent.id, one]));
    await sideBySide(tx, held, async (payment, intentId) => {
      const one = newsOf.get(intentId);
      if (one) await settleHeld(tx, door, payment, one);
    });
    return new Set(held.keys());
  });
}

/** Writes what an intent's news means for the payment that is held. */
async function settleHeld(
  tx: Tx,
  door: Door,
  payment: Row<'payments'>,
  news: { intent: Stripe.PaymentIntent; asOf: Instant; actor: Actor },
): Promise<void> {
  const live = await writeIntent(tx, door.clock, payment, news);
  if (!live) return;
  const after = (await endedWithItsPage(tx, payment, news.intent))
    ? await oweAgain(tx, door, payment, live, news.actor)
    : await writePayment(tx, door, payment, live, news.actor);
  await settleAttemptFromIntent(tx, door.clock, payment.id, news.intent);
  await planAndTell(tx, door, { before: payment, after }, news.intent);
}

/**
 * Whether a canceled intent ended only because the page it belonged to did, or another way to pay
 * took its place (`abandoned`): then the amount is still owed. An order that was canceled owes nothing, and funds that were held for it
 * have been let go.
 */
async function endedWithItsPage(
  tx: Tx,
  payment: Row<'payments'>,
  intent: Stripe.PaymentIntent,
): Promise<boolean> {
  if (intent.status !== 'canceled') return false;
  const isAbandoned = intent.cancellation_reason === 'abandoned';
  if (!isAbandoned && !intent.metadata['onfile_session']) return false;
  if (payment.status === 'requires_capture') return false;
  // A fee is owed by an order that has ended: its page is not what it hangs on.
  if (payment.kind === 'fee') return true;
  if (!payment.orderId) return isAbandoned;
  return (await findOrder(tx, payment.orderId))?.status === 'open';
}

async function oweAgain(
  tx: Tx,
  door: Door,
  payment: Row<'payments'>,
  live: Row<'paymentIntents'>,
  actor: Actor,
): Promise<Row<'payments'>> {
  await supersedeIntent(tx, { id: live.id, now: door.clock.now() });
  const owed = { ...live, status: 'requires_payment_method' };
  return writePayment(tx, door, payment, owed, actor);
}

/**
 * The same door for what a call answered: settles the attempt by its outcome and, where the
 * answer carries the intent, the payment with it.
 */
export function settleOutcome(
  door: Door,
  news: {
    attempt: Row<'attempts'>;
    outcome: FinalOutcome;
    stripeRequestId: string | null;
    asOf: Instant;
    actor: Actor;
  },
): Promise<void> {
  return inTransaction(door.db, async (tx) => {
    const { attempt } = news;
    const { intent } = news.outcome;
    const payment = await holdPayment(tx, attempt.paymentId);
    if (!payment) throw new Error(`payment ${attempt.paymentId} is gone`);
    let after = payment;
    if (intent) {
      const live = await writeIntent(tx, door.clock, payment, { intent, asOf: news.asOf });
      if (live) after = await writePayment(tx, door, payment, live, news.actor);
    }
    await settleAttempt(tx, door.clock, attempt, news.outcome, news.stripeRequestId);
    await planAndTell(tx, door, { before: payment, after }, intent ?? null);
  });
}

/** What comes next for a payment that was just settled, and whom that concerns. */
async function planAndTell(
  tx: Tx,
  door: Door,
  settled: { before: Row<'payments'>; after: Row<'payments'> },
  intent: Stripe.PaymentIntent | null,
): Promise<void> {
  const { before } = settled;
  const captureBefore = intent && captureBeforeOf(intent);
  // A hold that was raised; what is under way beside it has the higher amount already.
  const isRaised = captureBefore && intent.amount > before.amountMinor;
  const held = captureBefore
    ? await changePayment(tx, {
        id: before.id,
        change: { captureBefore, ...(isRaised && { amountMinor: intent.amount }) },
      })
    : settled.after;
  const after = await planStepOf(tx, door, held);
  await tellPaymentChange(tx, door, { before, after });
  const hasEnded = before.status === 'requires_capture' && after.status === 'canceled';
  if (hasEnded) await noteHoldsEnd(tx, door, after, intent);
}

async function findOurPayment(
  tx: Tx,
  intent: Stripe.PaymentIntent,
): Promise<Row<'payments'> | undefined> {
  const known = await findPaymentOfIntent(tx, intent.id);
  if (known) return holdFoundPayment(tx, known);
  const paymentId = paymentIdOf(intent);
  return paymentId ? holdPayment(tx, paymentId) : undefined;
}

/** @returns the payment as it is then */
async function writePayment(
  tx: Tx,
  door: Door,
  payment: Row<'payments'>,
  live: Row<'paymentIntents'>,
  actor: Actor,
): Promise<Row<'payments'>> {
  const status = paymentStatusOf(live.status);
  if (!status) {
    door.log.warn({ intent: live.stripePaymentIntentId, status: live.status }, 'unknown status');
    return payment;
  }
  if (status === payment.status || !mayFollow(payment.status, status)) return payment;
  const now = door.clock.now();
  const isEnd = status === 'succeeded' || status === 'canceled';
  const after = await changePayment(tx, {
    id: payment.id,
    change: {
      status,
      amountReceivedMinor: live.amountReceivedMinor,
      updatedAt: now,
      ...(isEnd && { settledAt: now }),
    },
  });
  await audit(tx, door.clock, {
    actor,
    action: `payment.${status}`,
    subject: { kind: 'payment', id: payment.id },
    details: { from: payment.status, intent: live.stripePaymentIntentId },
  });
  if (isEnd && payment.orderId) await settleOrder(tx, door.clock, payment.orderId, actor);
  return after;
}
