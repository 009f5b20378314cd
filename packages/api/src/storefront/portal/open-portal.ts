import { openPortal as open } from '@onfile/payments/portal/open-portal.ts';
import { shopperProcedure } from '../../procedures.ts';

/** The address of Stripe's own page for this shopper's payment methods, where the shop offers it. */
export const openPortal = shopperProcedure.mutation(async ({ ctx }) => ({
  url: await open(ctx.runtime, ctx.customer),
}));
