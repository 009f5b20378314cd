import { changeHoldEnd as change } from '@onfile/payments/holds/change-hold-end.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';
import { holdEnds } from '@onfile/payments/holds/hold-ends.ts';

/** Chooses what is done with a hold when its time ends. */
export const changeHoldEnd = chargerProcedure
  .input(z.strictObject({ paymentId: idOf('payment'), holdEnd: z.enum(holdEnds) }))
  .mutation(({ ctx, input }) => change(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
