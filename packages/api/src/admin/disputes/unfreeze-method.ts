import { unfreezeMethod as unfreeze } from '@onfile/payments/disputes/unfreeze-method.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Lets the method of a disputed payment be charged again. */
export const unfreezeMethod = moneyBackProcedure
  .input(z.strictObject({ disputeId: idOf('dispute') }))
  .mutation(({ ctx, input }) => unfreeze(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
