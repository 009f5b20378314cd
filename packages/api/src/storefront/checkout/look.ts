import { lookAtOrder } from '@onfile/payments/checkout/look-at-order.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { showStanding } from './show-standing.ts';

/** Where the payment of an order stands; asks Stripe where it is not settled, and settles it. */
export const look = buyerProcedure
  .input(z.strictObject({ orderId: idOf('order') }))
  .query(async ({ ctx, input }) =>
    showStanding(await lookAtOrder(ctx.runtime, { customerId: ctx.customer.id, ...input })),
  );
