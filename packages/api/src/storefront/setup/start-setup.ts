import { checkCaptcha } from '@onfile/payments/limits/check-captcha.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import { startSetup as start } from '@onfile/payments/setup/start-setup.ts';
import { z } from 'zod';
import { captchaToken, idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Stripe's boxes of payment mode: taken by the checkout procedures, refused here by their names. */
const paymentModeOnly = ['payment_method_save', 'payment_method_remove'] as const;

/** Records the shopper's agreement and opens the way to enter a payment method. */
export const startSetup = shopperProcedure
  .input(
    z.strictObject({
      termsVersionId: idOf('termsVersion'),
      accepted: z.boolean(),
      redisplay: z.boolean().default(false),
      captchaToken,
      uiMode: z.enum(['embedded_page', 'hosted_page', 'elements']),
      payment_method_save: z.unknown().optional(),
      payment_method_remove: z.unknown().optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const foreign = paymentModeOnly.find((name) => name in input);
    if (foreign) throw new Refusal('payment_mode_only', foreign, { name: foreign });
    const { customer, request } = ctx;
    await checkCaptcha(ctx.runtime, { token: input.captchaToken, ipAddress: request.ipAddress });
    await spend(ctx.runtime, 'add_method', {
      account: customer.id,
      email: customer.email,
      ip: request.ipAddress,
    });
    return start(ctx.runtime, {
      customer,
      uiMode: input.uiMode,
      acceptance: {
        termsVersionId: input.termsVersionId,
        accepted: input.accepted,
        redisplay: input.redisplay,
        ipAddress: request.ipAddress,
        userAgent: request.userAgent,
      },
    });
  });
