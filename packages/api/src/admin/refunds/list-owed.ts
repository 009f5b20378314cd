import { listOwedRefunds } from '@onfile/db/views/owed-refunds.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { viewerProcedure } from '../../procedures.ts';

/** Refunds that came back from the bank: money that the shop owes its shoppers. */
export const listOwed = viewerProcedure.query(async ({ ctx }) => {
  const refunds = await listOwedRefunds(ctx.runtime.db, { limit: 50 });
  return refunds.map((refund) => ({
    id: refund.id,
    paymentId: refund.paymentId,
    amountText: formatAmount(refund.amountMinor, refund.currency),
    customerEmail: refund.customerEmail,
    paymentReason: refund.paymentReason,
    failureReason: refund.failureReason,
    failedAt: refund.updatedAt,
  }));
});
