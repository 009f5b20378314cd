import { acceptDispute as accept } from '@onfile/payments/disputes/accept-dispute.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Lets the shopper have the money: nothing can be said against the dispute any more. */
export const acceptDispute = moneyBackProcedure
  .input(z.strictObject({ disputeId: idOf('dispute') }))
  .mutation(({ ctx, input }) => accept(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
