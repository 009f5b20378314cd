import { raiseHold as raise } from '@onfile/payments/holds/raise-hold.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Holds more on the same card. */
export const raiseHold = chargerProcedure
  .input(
    z.strictObject({
      paymentId: idOf('payment'),
      /** As typed: what is to be held in all. */
      amount: lineOfText(20),
      reason: lineOfText(200),
    }),
  )
  .mutation(({ ctx, input }) => raise(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
