import { settleOtherwise as settle } from '@onfile/payments/refunds/settle-otherwise.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Says that the amount of a failed refund was given back in another way. */
export const settleOtherwise = moneyBackProcedure
  .input(z.strictObject({ refundId: idOf('refund'), note: lineOfText(300) }))
  .mutation(({ ctx, input }) => settle(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
