import { detachPaymentMethod as detach } from '@onfile/payments/payment-methods/detach-payment-method.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/**
 * Removes one of the shopper's own methods, here and at Stripe. What depends on it goes to the
 * replacement; without one it waits.
 */
export const detachPaymentMethod = shopperProcedure
  .input(
    z.strictObject({
      paymentMethodId: idOf('paymentMethod'),
      replacementId: idOf('paymentMethod').nullable().default(null),
    }),
  )
  .mutation(async ({ ctx, input }) => ({
    status: await detach(ctx.runtime, { customerId: ctx.customer.id, ...input }),
  }));
