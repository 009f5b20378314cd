import { refundAgain as again } from '@onfile/payments/refunds/refund-again.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Tries a refund again that came back from the bank. */
export const refundAgain = moneyBackProcedure
  .input(z.strictObject({ refundRequestId: idOf('refundRequest'), refundId: idOf('refund') }))
  .mutation(async ({ ctx, input }) => {
    const { id, status } = await again(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
    return { refundId: id, status };
  });
