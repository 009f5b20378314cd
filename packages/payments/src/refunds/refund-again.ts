import type { Row } from '@onfile/db/database.ts';
import { findRefund } from '@onfile/db/tables/refunds.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { RefundReason } from './begin-refund.ts';
import { beginRefund } from './begin-refund.ts';
import { getOwedRefund } from './get-owed-refund.ts';
import { findBegun } from './refund-payment.ts';
import { sendRefund } from './send-refund.ts';
import { holdPayment } from '../state/hold-payment.ts';

/**
 * Staff try a refund again that came back from the bank: the same amount with the same words, as a
 * refund of its own.
 * @throws Refusal `not_found`, `refund_not_owed`, and those of a refund
 */
export async function refundAgain(
  runtime: Runtime,
  ask: { refundRequestId: string; staffId: string; refundId: string },
): Promise<Row<'refunds'>> {
  const begun = await inTransaction(runtime.db, async (tx) => {
    const { paymentId } = (await findRefund(tx, ask.refundId)) ?? {};
    const payment = paymentId && (await holdPayment(tx, paymentId));
    if (!payment) throw new Refusal('not_found', 'refundId');
    const first = await findBegun(tx, ask.refundRequestId, payment.id);
    if (first) return first;
    const failed = await getOwedRefund(tx, payment.id, ask.refundId);
    return beginRefund(tx, runtime, payment, {
      ...ask,
      amountMinor: failed.amountMinor,
      reason: failed.reason as RefundReason,
      note: failed.note,
      replacesRefundId: failed.id,
    });
  });
  return sendRefund(runtime, begun);
}
