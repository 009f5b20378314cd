import { newId } from '@onfile/payments/ids.ts';
import { formatAmount, majorAmount } from '@onfile/payments/money.ts';
import { refundReasons } from '@onfile/payments/refunds/begin-refund.ts';
import { getMoneyBack } from '@onfile/payments/refunds/get-money-back.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { readPayment } from '../payments/read-payment.ts';
import { showRefund } from './show-refund.ts';

/** What was given back of a payment or is being taken back, and what is left of it. */
export const listRefunds = viewerProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .query(async ({ ctx, input }) => {
    const payment = await readPayment(ctx.runtime.db, input.paymentId);
    const { refunds, leftMinor, disputes } = await getMoneyBack(ctx.runtime.db, payment);
    const isPaid = payment.status === 'succeeded';
    const givenMinor = isPaid ? payment.amountReceivedMinor - leftMinor : 0;
    return {
      /** Makes one refund, however often the page sends it. */
      refundRequestId: newId('refundRequest'),
      reasons: refundReasons,
      refundedText: givenMinor > 0 ? formatAmount(givenMinor, payment.currency) : null,
      left: leftMinor > 0 && {
        text: formatAmount(leftMinor, payment.currency),
        /** As it is typed. */
        amount: majorAmount(leftMinor, payment.currency),
      },
      refunds: refunds.map((refund) => showRefund(refund, refunds)),
      disputes: disputes.map((dispute) => ({
        id: dispute.id,
        status: dispute.status,
        reason: dispute.reason,
      })),
    };
  });
