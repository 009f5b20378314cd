import { endHold as end } from '@onfile/payments/checkout/end-hold.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** The stock was checked: takes what is held for an order, or lets it go and ends the order. */
export const endHold = chargerProcedure
  .input(z.strictObject({ orderId: idOf('order'), end: z.enum(['capture', 'release']) }))
  .mutation(({ ctx, input }) => end(ctx.runtime, { staffId: ctx.staff.staffId, ...input }));
