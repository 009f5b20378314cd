import type Stripe from 'stripe';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findDisputeByStripeId, insertDispute, updateDispute } from '@onfile/db/tables/disputes.ts';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { findPaymentMethodByStripeId } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { freezeDisputedMethod } from '../disputes/freeze-method.ts';
import { tellDisputeOpened } from '../disputes/tell-dispute.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';
import { isClosedDispute, isDisputeNews, takesEvidence } from './dispute-status.ts';

type Door = Pick<Runtime, 'db' | 'clock' | 'settings'>;

interface DisputeNews {
  /** With its charge, where that is to say which method was charged. */
  dispute: Stripe.Dispute;
  /** When Stripe was asked. */
  asOf: Instant;
  actor: Actor;
}

/**
 * The door for disputes: takes what Stripe says of one and writes it. A new one freezes the method
 * that was charged until staff decide, and staff are told. Idempotent; older news never overwrites
 * newer.
 * @returns null when it is not about a payment of ours
 */
export function settleDispute(door: Door, news: DisputeNews): Promise<Row<'disputes'> | null> {
  return inTransaction(door.db, async (tx) => {
    const intentId = stripeIdOf(news.dispute.payment_intent);
    const intent = intentId && (await findIntentByStripeId(tx, intentId));
    const payment = intent && (await findPayment(tx, intent.paymentId));
    if (!payment) return null;
    // Charges take the same lock: one that is being written is either before this, or refused.
    const customer = await lockCustomer(tx, payment.customerId);
    if (!customer) throw new Error(`customer ${payment.customerId} is gone`);
    const known = await findDisputeByStripeId(tx, news.dispute.id);
    if (known) return update(tx, door, known, news);
    const dispute = await open(tx, door, payment, news);
    await freezeDisputedMethod(tx, door, dispute);
    await tellDisputeOpened(tx, door, { dispute, payment, customer });
    return dispute;
  });
}

function factsOf(news: DisputeNews, now: Instant) {
  const { dispute, asOf } = news;
  const dueBy = dispute.evidence_details.due_by;
  return {
    amountMinor: dispute.amount,
    currency: dispute.currency,
    reason: dispute.reason,
    status: dispute.status,
    evidenceDueAt: dueBy === null ? null : dueBy * 1000,
    isRefundable: dispute.is_charge_refundable ? (1 as const) : (0 as const),
    asOf,
    updatedAt: now,
  };
}

async function open(
  tx: Tx,
  door: Door,
  payment: Row<'payments'>,
  news: DisputeNews,
): Promise<Row<'disputes'>> {
  const { dispute } = news;
  const now = door.clock.now();
  const charge = typeof dispute.charge === 'string' ? null : dispute.charge;
  const charged =
    charge?.payment_method && (await findPaymentMethodByStripeId(tx, charge.payment_method));
  const row: Row<'disputes'> = {
    id: newId('dispute'),
    paymentId: payment.id,
    stripeDisputeId: dispute.id,
    stripeChargeId: stripeIdOf(dispute.charge) ?? '',
    paymentMethodId: charged ? charged.id : payment.paymentMethodId,
    ...factsOf(news, now),
    evidence: '{}',
    evidenceFiles: null,
    evidenceCollectedAt: null,
    evidenceSavedAt: null,
    submittedAt: isAnswered(dispute) ? now : null,
    createdAt: dispute.created * 1000,
    closedAt: isClosedDispute(dispute.status) ? now : null,
  };
  await insertDispute(tx, row);
  await tellHistory(tx, door, row, news.actor);
  return row;
}

async function update(
  tx: Tx,
  door: Door,
  known: Row<'disputes'>,
  news: DisputeNews,
): Promise<Row<'disputes'>> {
  const { dispute, asOf } = news;
  if (!isDisputeNews(known, { status: dispute.status, asOf })) return known;
  const now = door.clock.now();
  // What was answered was the bank's question. Now it takes the money, and another answer.
  const isEscalated = known.status.startsWith('warning_') && dispute.status === 'needs_response';
  const submittedAt = known.submittedAt ?? (isAnswered(dispute) ? now : null);
  const isClosed = isClosedDispute(dispute.status);
  const facts = {
    ...factsOf(news, now),
    submittedAt: isEscalated ? null : submittedAt,
    closedAt: isClosed ? (known.closedAt ?? now) : null,
  };
  await updateDispute(tx, known.id, facts);
  const after = { ...known, ...facts };
  if (after.status !== known.status) await tellHistory(tx, door, after, news.actor);
  return after;
}

function isAnswered({ status, evidence_details: details }: Stripe.Dispute): boolean {
  return details.submission_count > 0 && !takesEvidence(status);
}

/** A dispute's steps stand in the payment's history and in its own. */
async function tellHistory(
  tx: Tx,
  door: Door,
  dispute: Row<'disputes'>,
  actor: Actor,
): Promise<void> {
  const { id, amountMinor, currency, reason } = dispute;
  const subjects = [
    { kind: 'payment', id: dispute.paymentId },
    { kind: 'dispute', id },
  ] as const;
  for (const subject of subjects) {
    await audit(tx, door.clock, {
      actor,
      action: `dispute.${dispute.status}`,
      subject,
      details: { dispute: id, amountMinor, currency, reason },
    });
  }
}
