import { cancelOrderRemainder } from '@onfile/payments/charging/cancel-order-remainder.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Cancels everything of an order that has not been paid, which ends the order. */
export const cancelRemainder = chargerProcedure
  .input(z.strictObject({ orderId: idOf('order'), reason: lineOfText(200) }))
  .mutation(async ({ ctx, input }) => {
    await cancelOrderRemainder(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
  });
