import { settleRecoverySession } from '@onfile/payments/recovery/settle-recovery-session.ts';
import { z } from 'zod';
import { stripeSessionId } from '../../input.ts';
import { storefront } from '../../trpc.ts';

/** Back from Stripe's page: what it came to is settled here where the webhook has not told yet. */
export const settleSession = storefront.base
  .input(z.strictObject({ stripeSessionId }))
  .mutation(({ ctx, input }) =>
    settleRecoverySession(ctx.runtime, ctx.recoveryToken, input.stripeSessionId),
  );
