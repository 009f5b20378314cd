import { countOrders, listOrders as list } from '@onfile/db/views/order-pages.ts';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showOrder } from '../../show-order.ts';

const pageSize = 30;

/** Every order, newest first. */
export const listOrders = viewerProcedure
  .input(pageInput.default({ page: 1 }))
  .query(async ({ ctx, input }) => {
    const { db } = ctx.runtime;
    const orders = await list(db, rowsOf(input.page, pageSize));
    return {
      orders: orders.map((order) => ({
        ...showOrder(order, ctx.runtime),
        customerId: order.customerId,
        customerEmail: order.customerEmail,
      })),
      paging: pagingOf(input.page, pageSize, await countOrders(db, {})),
    };
  });
