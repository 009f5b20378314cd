import { cancelRefund as cancel } from '@onfile/payments/refunds/cancel-refund.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Calls a refund back that has not gone out. */
export const cancelRefund = moneyBackProcedure
  .input(z.strictObject({ refundId: idOf('refund') }))
  .mutation(({ ctx, input }) => cancel(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
