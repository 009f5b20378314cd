import { claimOrder as claim } from '@onfile/payments/customers/claim-order.ts';
import { z } from 'zod';
import { lineOfText } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Joins to the shopper's account what they left as a guest: by an order's number and its card. */
export const claimOrder = shopperProcedure
  .input(
    z.strictObject({
      orderNumber: lineOfText(20).min(1),
      last4: z
        .string()
        .trim()
        .regex(/^\d{4}$/),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    await claim(ctx.runtime, {
      account: ctx.customer,
      ipAddress: ctx.request.ipAddress,
      ...input,
    });
  });
