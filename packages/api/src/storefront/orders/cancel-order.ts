import { cancelReservation } from '@onfile/payments/fees/cancel-reservation.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { readOwnOrder } from './read-own-order.ts';

/** The buyer calls a reservation of theirs off. */
export const cancelOrder = buyerProcedure
  .input(
    z.strictObject({
      orderId: idOf('order'),
      /** Whether the page named a fee. */
      knowsOfFee: z.boolean(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const customerId = ctx.customer.id;
    await readOwnOrder(ctx.runtime, { customerId, orderId: input.orderId });
    await cancelReservation(
      ctx.runtime,
      { ...input, notice: null, reason: null },
      { kind: 'shopper', id: customerId },
    );
  });
