import { refundReasons } from '@onfile/payments/refunds/begin-refund.ts';
import { refundPayment } from '@onfile/payments/refunds/refund-payment.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Gives back what a shopper has paid, or a part of it. Answers with what it came to so far. */
export const createRefund = moneyBackProcedure
  .input(
    z.strictObject({
      refundRequestId: idOf('refundRequest'),
      paymentId: idOf('payment'),
      amount: lineOfText(20),
      reason: z.enum(refundReasons),
      note: lineOfText(300),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const ask = { ...input, staffId: ctx.staff.staffId };
    const { id, status } = await refundPayment(ctx.runtime, ask);
    return { refundId: id, status };
  });
