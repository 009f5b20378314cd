import type Stripe from 'stripe';
import type { RefundStatus } from '@onfile/db/after-charge.ts';
import type { Db, Instant, Row, Tx } from '@onfile/db/database.ts';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import {
  findRefund,
  findRefundByStripeId,
  insertRefund,
  updateRefund,
} from '@onfile/db/tables/refunds.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { newId } from '../ids.ts';
import { formatAmount } from '../money.ts';
import { tellRefund } from '../refunds/tell-refund.ts';
import type { Runtime } from '../runtime.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';
import { isRefundNews, refundStatusOf } from './refund-status.ts';
import { holdPayment } from './hold-payment.ts';

type Door = Pick<Runtime, 'db' | 'clock' | 'log' | 'settings'>;

interface RefundNews {
  refund: Stripe.Refund;
  /** When Stripe was asked. */
  asOf: Instant;
  actor: Actor;
}

/** The mark that every refund made here bears at Stripe: its id here. */
export const refundMark = 'onfile_refund';

/**
 * The door for refunds: takes what Stripe says of one and writes it, with its audit and its mails, in
 * one transaction. One that was made elsewhere, in the Dashboard, gets a row. Idempotent and
 * monotonic, like the door for payments.
 * @returns `false` when it is not about a payment of ours
 */
export function settleRefund(door: Door, news: RefundNews): Promise<boolean> {
  return inTransaction(door.db, async (tx) => {
    const paymentId = await paymentOf(tx, news.refund);
    // The payment's row is the lock under which its refunds are counted.
    const payment = paymentId && (await holdPayment(tx, paymentId));
    if (!payment) return false;
    const status = refundStatusOf(news.refund.status);
    if (!status) {
      door.log.warn({ refund: news.refund.id, status: news.refund.status }, 'unknown status');
      return true;
    }
    const known = await findOurs(tx, news.refund);
    if (!known && movedNothing(news.refund, status)) return true;
    if (known && !isRefundNews(known, { status, asOf: news.asOf })) {
      await noteStripeId(tx, known, news.refund);
      return true;
    }
    const after = await write(tx, door, { payment, known: known ?? null, status, news });
    await tellRefund(tx, door, { payment, before: known?.status ?? 'open', refund: after });
    return true;
  });
}

async function findOurs(db: Db, refund: Stripe.Refund): Promise<Row<'refunds'> | undefined> {
  const mark = refund.metadata?.[refundMark];
  return (await findRefundByStripeId(db, refund.id)) ?? (mark ? findRefund(db, mark) : undefined);
}

async function paymentOf(db: Db, refund: Stripe.Refund): Promise<string | null> {
  const known = await findOurs(db, refund);
  if (known) return known.paymentId;
  const intentId = stripeIdOf(refund.payment_intent);
  const intent = intentId && (await findIntentByStripeId(db, intentId));
  return intent ? intent.paymentId : null;
}

/**
 * What Stripe writes when a hold is let go, or only a part of it was captured, looks like a refund
 * and gives nothing back: nothing had been taken.
 */
function movedNothing(refund: Stripe.Refund, status: RefundStatus): boolean {
  if (refund.reason === 'expired_uncaptured_charge') return true;
  return status === 'succeeded' && refund.balance_transaction === null;
}

/** Also while the first answer is missing and a webhook was faster. */
async function noteStripeId(tx: Tx, known: Row<'refunds'>, refund: Stripe.Refund): Promise<void> {
  if (known.stripeRefundId === null) {
    await updateRefund(tx, known.id, { stripeRefundId: refund.id });
  }
}

async function write(
  tx: Tx,
  door: Door,
  settle: {
    payment: Row<'payments'>;
    known: Row<'refunds'> | null;
    status: RefundStatus;
    news: RefundNews;
  },
): Promise<Row<'refunds'>> {
  const { payment, known, status, news } = settle;
  const { refund } = news;
  const now = door.clock.now();
  const facts = {
    stripeRefundId: refund.id,
    status,
    failureReason: refund.failure_reason ?? null,
    asOf: news.asOf,
    updatedAt: now,
  };
  const row = known ? { ...known, ...facts } : { ...madeElsewhere(payment, refund), ...facts };
  if (known) await updateRefund(tx, known.id, facts);
  else await insertRefund(tx, row);
  await audit(tx, door.clock, {
    actor: news.actor,
    action: `refund.${status}`,
    subject: { kind: 'payment', id: payment.id },
    details: {
      refund: row.id,
      amountMinor: row.amountMinor,
      currency: row.currency,
      amount: formatAmount(row.amountMinor, row.currency),
      failureReason: row.failureReason,
    },
  });
  return row;
}

function madeElsewhere(
  payment: Row<'payments'>,
  refund: Stripe.Refund,
): Omit<Row<'refunds'>, 'stripeRefundId' | 'status' | 'failureReason' | 'asOf' | 'updatedAt'> {
  return {
    id: newId('refund'),
    paymentId: payment.id,
    amountMinor: refund.amount,
    currency: refund.currency,
    reason: refund.reason ?? 'requested_by_customer',
    note: '',
    requestedByStaffId: null,
    requestId: null,
    replacesRefundId: null,
    settledOtherwiseAt: null,
    settledOtherwiseNote: null,
    settledOtherwiseByStaffId: null,
    createdAt: refund.created * 1000,
  };
}
