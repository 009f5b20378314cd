import { countOrders, listOrders as list } from '@onfile/db/views/order-pages.ts';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { buyerProcedure } from '../../procedures.ts';
import { showOrder } from '../../show-order.ts';

const pageSize = 20;

/** The buyer's own orders, newest first. */
export const listOrders = buyerProcedure
  .input(pageInput.default({ page: 1 }))
  .query(async ({ ctx, input }) => {
    const { db } = ctx.runtime;
    const which = { customerId: ctx.customer.id };
    const [orders, total] = await Promise.all([
      list(db, { ...which, ...rowsOf(input.page, pageSize) }),
      countOrders(db, which),
    ]);
    return {
      orders: orders.map((order) => showOrder(order, ctx.runtime)),
      paging: pagingOf(input.page, pageSize, total),
    };
  });
