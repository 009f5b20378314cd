import type Stripe from 'stripe';
import type { Db, Row, Tx } from '@onfile/db/database.ts';
import { listDisputesOf } from '@onfile/db/tables/disputes.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { insertRefund, sumRefunds } from '@onfile/db/tables/refunds.ts';
import { audit } from '../audit.ts';
import { newId } from '../ids.ts';
import { formatAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { refundMark } from '../state/settle-refund.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';

/** Stripe's reasons for a refund that staff may give. */
export const refundReasons = ['requested_by_customer', 'duplicate', 'fraudulent'] as const;
export type RefundReason = (typeof refundReasons)[number];

export interface RefundTerms {
  refundRequestId: string;
  staffId: string;
  amountMinor: number;
  reason: RefundReason;
  note: string;
  replacesRefundId: string | null;
}

export interface BegunRefund {
  refundId: string;
  /** The call that is to be made; null: it was begun by an earlier click. */
  operation: Row<'stripeOperations'> | null;
}

/** What may still be given back of a payment, in minor units: what was asked for is gone. */
export async function leftToRefund(db: Db, payment: Row<'payments'>): Promise<number> {
  if (payment.status !== 'succeeded') return 0;
  return Math.max(0, payment.amountReceivedMinor - (await sumRefunds(db, payment.id)));
}

/**
 * Writes a refund and its call down. The caller holds the payment's row: two tabs together never give
 * back more than was paid.
 * @throws Refusal `payment_not_refundable`, `payment_disputed`, `refund_above_paid`
 */
export async function beginRefund(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'>,
  terms: RefundTerms,
): Promise<BegunRefund> {
  const live = await findLiveIntent(tx, payment.id);
  if (payment.status !== 'succeeded' || !live) throw new Refusal('payment_not_refundable');
  await requireUndisputed(tx, payment.id);
  const left = await leftToRefund(tx, payment);
  if (terms.amountMinor > left) {
    const params = { left: formatAmount(left, payment.currency) };
    throw new Refusal('refund_above_paid', 'amount', params);
  }
  const refund = writeRow(runtime, payment, terms);
  await insertRefund(tx, refund);
  await audit(tx, runtime.clock, {
    actor: { kind: 'staff', id: terms.staffId },
    action: 'refund.requested',
    subject: { kind: 'payment', id: payment.id },
    details: {
      refund: refund.id,
      amountMinor: refund.amountMinor,
      currency: refund.currency,
      amount: formatAmount(refund.amountMinor, refund.currency),
      reason: refund.reason,
      note: refund.note,
      replaces: refund.replacesRefundId,
    },
  });
  const request: Stripe.RefundCreateParams = {
    payment_intent: live.stripePaymentIntentId,
    amount: refund.amountMinor,
    reason: terms.reason,
    metadata: { [refundMark]: refund.id, onfile_payment: payment.id },
  };
  const operation = await beginOperation(tx, runtime.clock, {
    kind: 'create_refund',
    subjectId: refund.id,
    request,
  });
  return { refundId: refund.id, operation };
}

/** What its owner is taking back already, or has taken back, is not given back a second time. */
async function requireUndisputed(tx: Tx, paymentId: string): Promise<void> {
  const disputes = await listDisputesOf(tx, paymentId);
  const takes = disputes.some(({ status, isRefundable }) => status !== 'won' && !isRefundable);
  if (takes) throw new Refusal('payment_disputed');
}

function writeRow(runtime: Runtime, payment: Row<'payments'>, terms: RefundTerms): Row<'refunds'> {
  const now = runtime.clock.now();
  return {
    id: newId('refund'),
    paymentId: payment.id,
    stripeRefundId: null,
    amountMinor: terms.amountMinor,
    currency: payment.currency,
    reason: terms.reason,
    note: terms.note,
    status: 'open',
    failureReason: null,
    requestedByStaffId: terms.staffId,
    requestId: terms.refundRequestId,
    replacesRefundId: terms.replacesRefundId,
    settledOtherwiseAt: null,
    settledOtherwiseNote: null,
    settledOtherwiseByStaffId: null,
    asOf: now,
    createdAt: now,
    updatedAt: now,
  };
}
