import { listOrders } from '@onfile/db/views/order-pages.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showOrder } from '../../show-order.ts';

/** One order with its payments. */
export const getOrder = viewerProcedure
  .input(z.strictObject({ orderId: idOf('order') }))
  .query(async ({ ctx, input }) => {
    const [order] = await listOrders(ctx.runtime.db, { ...input, limit: 1 });
    if (!order) throw new Refusal('not_found', 'orderId');
    return {
      ...showOrder(order, ctx.runtime),
      customerId: order.customerId,
      customerEmail: order.customerEmail,
    };
  });
