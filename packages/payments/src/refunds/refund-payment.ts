import type { Row, Tx } from '@onfile/db/database.ts';
import { findRefundByRequest } from '@onfile/db/tables/refunds.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { parseRefundAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { BegunRefund, RefundReason } from './begin-refund.ts';
import { beginRefund } from './begin-refund.ts';
import { sendRefund } from './send-refund.ts';
import { holdPayment } from '../state/hold-payment.ts';

export interface StaffRefund {
  /** Of the page that it is asked on: a double click and a reload are one refund. */
  refundRequestId: string;
  staffId: string;
  paymentId: string;
  /** As typed, in the currency's major unit. */
  amount: string;
  reason: RefundReason;
  /** Why; the shopper sees it. */
  note: string;
}

/**
 * Staff give back what a shopper has paid, or a part of it: never more than is left of it, however
 * many tabs ask at once. The refund and its call are written down first; where Stripe does not
 * answer, it stays `open` and the worker finds out.
 * @throws Refusal `not_found`, `note_missing`, `payment_not_refundable`, `payment_disputed`,
 *   `refund_above_paid`, `refund_refused`, and those of an amount
 */
export async function refundPayment(runtime: Runtime, ask: StaffRefund): Promise<Row<'refunds'>> {
  const note = ask.note.trim();
  if (!note) throw new Refusal('note_missing', 'note');
  const begun = await inTransaction(runtime.db, async (tx) => {
    const payment = await holdPayment(tx, ask.paymentId);
    if (!payment) throw new Refusal('not_found', 'paymentId');
    const first = await findBegun(tx, ask.refundRequestId, payment.id);
    if (first) return first;
    const amountMinor = parseRefundAmount(ask.amount, payment.currency);
    return beginRefund(tx, runtime, payment, { ...ask, note, amountMinor, replacesRefundId: null });
  });
  return sendRefund(runtime, begun);
}

/** What an earlier click of the same page has begun. */
export async function findBegun(
  tx: Tx,
  refundRequestId: string,
  paymentId: string,
): Promise<BegunRefund | null> {
  const first = await findRefundByRequest(tx, refundRequestId);
  if (!first) return null;
  if (first.paymentId !== paymentId) throw new Refusal('not_found', 'refundRequestId');
  return { refundId: first.id, operation: null };
}
