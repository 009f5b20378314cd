import { chargeNow as charge } from '@onfile/payments/charging/charge-now.ts';
import { z } from 'zod';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Charges an amount ahead of its day; a second click of the same page is the first one's try. */
export const chargeNow = chargerProcedure
  .input(decisionInput.extend({ triesSeen: z.number().int().min(0).max(1_000) }))
  .mutation(async ({ ctx, input }) => {
    await charge(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
  });
