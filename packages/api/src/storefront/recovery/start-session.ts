import { startRecoverySession } from '@onfile/payments/recovery/start-recovery-session.ts';
import { z } from 'zod';
import { storefront } from '../../trpc.ts';

/** Opens Stripe's page on which the same debt is paid with another method. */
export const startSession = storefront.base
  .input(
    z.strictObject({
      uiMode: z.enum(['hosted_page', 'embedded_page']),
      /** The shopper's own choice: the new method joins the agreement. */
      keep: z.boolean().default(false),
    }),
  )
  .mutation(({ ctx, input }) =>
    startRecoverySession(ctx.runtime, { token: ctx.recoveryToken, ...input }),
  );
