import { startSetup as start } from '@onfile/payments/setup/start-setup.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';
import { locale } from '../locale.ts';

/** Records the shopper's agreement and opens Stripe's page, embedded or hosted. */
export const startSetup = shopperProcedure
  .input(
    z.strictObject({
      termsVersionId: idOf('termsVersion'),
      accepted: z.boolean(),
      redisplay: z.boolean().default(false),
      uiMode: z.enum(['embedded_page', 'hosted_page']),
    }),
  )
  .mutation(({ ctx, input }) =>
    start(ctx.runtime, {
      customer: ctx.customer,
      uiMode: input.uiMode,
      acceptance: {
        termsVersionId: input.termsVersionId,
        accepted: input.accepted,
        redisplay: input.redisplay,
        locale,
        ipAddress: ctx.request.ipAddress,
        userAgent: ctx.request.userAgent,
      },
    }),
  );
