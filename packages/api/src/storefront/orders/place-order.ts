import { firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { eventAtOf, placeOrder as place } from '@onfile/payments/checkout/place-order.ts';
import { z } from 'zod';
import { productSlug } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { termsLocale } from '../terms-locale.ts';

/** Orders some of a product, for a day where its plan needs one. Nothing is charged yet. */
export const placeOrder = buyerProcedure
  .input(
    z.strictObject({
      slug: productSlug,
      quantity: z.number().int().min(1).max(1_000),
      /** `2027-06-30`, in the shop's calendar. */
      eventOn: z.iso.date().nullable().default(null),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const order = await place(ctx.runtime, {
      customerId: ctx.customer.id,
      slug: input.slug,
      quantity: input.quantity,
      locale: await termsLocale(ctx, firstPurpose),
      eventAt: input.eventOn === null ? null : eventAtOf(ctx.runtime, input.eventOn),
    });
    return { orderId: order.id, number: order.number };
  });
