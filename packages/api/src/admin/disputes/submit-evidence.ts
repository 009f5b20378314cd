import { submitEvidence as submit } from '@onfile/payments/disputes/submit-evidence.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** Sends the evidence that staff have seen to the bank, once and for all. */
export const submitEvidence = moneyBackProcedure
  .input(
    z.strictObject({
      disputeId: idOf('dispute'),
      seenSavedAt: z.number().int().nonnegative().nullable(),
    }),
  )
  .mutation(({ ctx, input }) => submit(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
