import { getCheckoutResult } from '@onfile/payments/checkout/get-checkout-result.ts';
import { z } from 'zod';
import { idOf, stripeSessionId } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';

/** What the return page of an order shows; settles the Session when the webhook has not come yet. */
export const getResult = buyerProcedure
  .input(z.strictObject({ orderId: idOf('order'), stripeSessionId }))
  .query(({ ctx, input }) =>
    getCheckoutResult(ctx.runtime, { customerId: ctx.customer.id, ...input }),
  );
