import { startPaymentIntent } from '@onfile/payments/checkout/start-payment-intent.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { acceptanceOf, acceptedTerms } from './acceptance.ts';

/**
 * The PaymentIntent of what an order owes now, for a page or a native app that confirms it itself.
 * Answers with its client secret, as plain JSON.
 */
export const startIntent = buyerProcedure
  .input(
    z.strictObject({
      orderId: idOf('order'),
      terms: acceptedTerms,
      /** The shopper's tick: keep the method for the next purchase. */
      keep: z.boolean().default(false),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { runtime, customer, request } = ctx;
    await spend(runtime, 'start_checkout', {
      account: customer.id,
      email: customer.email,
      ip: request.ipAddress,
    });
    return startPaymentIntent(runtime, {
      customer,
      orderId: input.orderId,
      acceptance: acceptanceOf(input.terms, request),
      keep: input.keep,
      from: request,
    });
  });
