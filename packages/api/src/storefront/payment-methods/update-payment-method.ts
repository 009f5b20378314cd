import { countryCodes } from '@onfile/payments/payment-methods/countries.ts';
import { updatePaymentMethod as update } from '@onfile/payments/payment-methods/update-payment-method.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Corrects a card's expiry or a method's billing address, here and at Stripe. */
export const updatePaymentMethod = shopperProcedure
  .input(
    z.strictObject({
      paymentMethodId: idOf('paymentMethod'),
      expiry: z
        .strictObject({
          month: z.number().int().min(1).max(12),
          year: z.number().int().min(2000).max(2099),
        })
        .nullable(),
      billing: z.strictObject({
        name: lineOfText(100),
        line1: lineOfText(200),
        line2: lineOfText(200),
        city: lineOfText(100),
        state: lineOfText(100),
        postalCode: lineOfText(20),
        country: z.enum(['', ...countryCodes]),
      }),
    }),
  )
  .mutation(async ({ ctx, input }) => ({
    status: await update(ctx.runtime, { customerId: ctx.customer.id, ...input }),
  }));
