import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { showOrder } from '../../show-order.ts';
import { readOwnOrder } from './read-own-order.ts';

/** One of the buyer's orders, with its payments. */
export const getOrder = buyerProcedure
  .input(z.strictObject({ orderId: idOf('order') }))
  .query(async ({ ctx, input }) => {
    const ask = { customerId: ctx.customer.id, ...input };
    return showOrder(await readOwnOrder(ctx.runtime, ask), ctx.runtime);
  });
