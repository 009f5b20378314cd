import { listOrders } from '@onfile/db/views/order-pages.ts';
import { minuteInShop } from '@onfile/payments/fees/cancel-reservation.ts';
import { newId } from '@onfile/payments/ids.ts';
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
      currency: order.currency,
      /** Makes what staff charge from this page for a damage one charge. */
      damageRequestId: newId('chargeRequest'),
      nowInShop: minuteInShop(ctx.runtime, ctx.runtime.clock.now()),
    };
  });
