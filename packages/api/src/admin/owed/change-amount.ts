import { changeAmount as change } from '@onfile/payments/charging/change-amount.ts';
import { lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Changes an amount before it is due. */
export const changeAmount = chargerProcedure
  .input(decisionInput.extend({ amount: lineOfText(20) }))
  .mutation(async ({ ctx, input }) => {
    await change(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
  });
