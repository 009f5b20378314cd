import type { PaymentLine } from '@onfile/db/views/payment-pages.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { mayBeCanceled } from '@onfile/payments/refunds/cancel-refund.ts';
import { isOwed } from '@onfile/payments/refunds/is-owed.ts';

type RefundRow = PaymentLine['refunds'][number];

/** A refund as staff see it. @param all every refund of its payment */
export function showRefund(refund: RefundRow, all: RefundRow[]) {
  return {
    id: refund.id,
    amountText: formatAmount(refund.amountMinor, refund.currency),
    reason: refund.reason,
    note: refund.note,
    status: refund.status,
    failureReason: refund.failureReason,
    isOwed: isOwed(refund, all),
    mayBeCanceled: mayBeCanceled(refund),
    settledOtherwise: refund.settledOtherwiseAt !== null && {
      at: refund.settledOtherwiseAt,
      note: refund.settledOtherwiseNote ?? '',
    },
    /** Null: made in Stripe's Dashboard. */
    requestedByStaffId: refund.requestedByStaffId,
    stripeRefundId: refund.stripeRefundId,
    createdAt: refund.createdAt,
  };
}
