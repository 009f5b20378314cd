import { asksForCard, keepCardForOrder } from '@onfile/payments/checkout/keep-card-for-order.ts';
import { startCheckout as start } from '@onfile/payments/checkout/start-checkout.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { readOwnOrder } from '../orders/read-own-order.ts';
import { acceptanceOf, acceptedTerms } from './acceptance.ts';

const box = z.enum(['enabled', 'disabled']).optional();

/**
 * Opens Stripe's page for an order, in any of the three ways: to pay what is owed now, or to keep
 * a card for what it comes to owe.
 */
export const startCheckout = buyerProcedure
  .input(
    z.strictObject({
      orderId: idOf('order'),
      terms: acceptedTerms,
      uiMode: z.enum(['embedded_page', 'hosted_page', 'elements']),
      /** Stripe's boxes of payment mode; where the order rules one out, it stays out. */
      payment_method_save: box,
      payment_method_remove: box,
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { runtime, customer, request } = ctx;
    const { orderId, uiMode } = input;
    const order = await readOwnOrder(runtime, { customerId: customer.id, orderId });
    await spend(runtime, 'start_checkout', {
      account: customer.id,
      email: customer.email,
      ip: request.ipAddress,
    });
    const acceptance = acceptanceOf(input.terms, request);
    const begin = { customer, orderId, uiMode, acceptance };
    if (await asksForCard(runtime, order)) {
      const started = await keepCardForOrder(runtime, begin);
      const url = 'url' in started ? started.url : null;
      return { uiMode, url, clientSecret: 'clientSecret' in started ? started.clientSecret : null };
    }
    const boxes = { save: input.payment_method_save, remove: input.payment_method_remove };
    return { uiMode, ...(await start(runtime, { ...begin, boxes })) };
  });
