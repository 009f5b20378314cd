import { linkForOwner } from '@onfile/payments/recovery/link-for-owner.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** From the shopper's list of payments to the page that mends one: the secret part of its link. */
export const linkOwn = shopperProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .mutation(async ({ ctx, input }) => ({
    token: await linkForOwner(ctx.runtime, { customerId: ctx.customer.id, ...input }),
  }));
