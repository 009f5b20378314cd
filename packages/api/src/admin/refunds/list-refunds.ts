import { listDisputesOf } from '@onfile/db/tables/disputes.ts';
import { listRefunds as list, sumRefunds } from '@onfile/db/tables/refunds.ts';
import { newId } from '@onfile/payments/ids.ts';
import { formatAmount, majorAmount } from '@onfile/payments/money.ts';
import { refundReasons } from '@onfile/payments/refunds/begin-refund.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { readPayment } from '../payments/read-payment.ts';
import { showRefund } from './show-refund.ts';

/** What was given back of a payment or is being taken back, and what is left of it. */
export const listRefunds = viewerProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .query(async ({ ctx, input }) => {
    const { db } = ctx.runtime;
    const payment = await readPayment(db, input.paymentId);
    const all = await list(db, [payment.id]);
    const given = await sumRefunds(db, payment.id);
    const left = payment.status === 'succeeded' ? payment.amountReceivedMinor - given : 0;
    const disputes = await listDisputesOf(db, payment.id);
    return {
      /** Makes one refund, however often the page sends it. */
      refundRequestId: newId('refundRequest'),
      reasons: refundReasons,
      refundedText: given > 0 ? formatAmount(given, payment.currency) : null,
      left: left > 0 && {
        text: formatAmount(left, payment.currency),
        /** As it is typed. */
        amount: majorAmount(left, payment.currency),
      },
      refunds: all.map((refund) => showRefund(refund, all)),
      disputes: disputes.map((dispute) => ({
        id: dispute.id,
        amountText: formatAmount(dispute.amountMinor, dispute.currency),
        status: dispute.status,
        reason: dispute.reason,
        evidenceDueAt: dispute.evidenceDueAt,
        isSubmitted: dispute.submittedAt !== null,
      })),
    };
  });
