import { listPayments as list } from '@onfile/db/views/payment-pages.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { shopperProcedure } from '../../procedures.ts';
import { showShoppersRefunds } from '../../show-shoppers-refunds.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';

/** What the shopper was charged and why; a bank's codes stay with staff. */
export const listPayments = shopperProcedure.query(async ({ ctx }) => {
  const payments = await list(ctx.runtime.db, { customerId: ctx.customer.id, limit: 100 });
  return payments.map((payment) => ({
    id: payment.id,
    amountText: formatAmount(payment.amountMinor, payment.currency),
    reason: payment.reason,
    status: payment.status,
    createdAt: payment.createdAt,
    methodText: payment.paymentMethodId ? nameMethod(payment) : null,
    refunds: showShoppersRefunds(payment.refunds),
  }));
});
