import { ensureGuest } from '@onfile/payments/customers/ensure-guest.ts';
import { checkCaptcha } from '@onfile/payments/limits/check-captcha.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import { z } from 'zod';
import { captchaToken, emailAddress, lineOfText } from '../../input.ts';
import { storefront } from '../../trpc.ts';

/**
 * Goes on as a guest under an address that the person types; the browser is remembered as this guest.
 * Nothing is proven by that: what a guest leaves stays with the guest until the address is.
 */
export const startGuest = storefront.base
  .input(z.strictObject({ email: emailAddress, name: lineOfText(100).optional(), captchaToken }))
  .mutation(async ({ ctx, input }) => {
    if (ctx.shopper) throw new Refusal('guests_only');
    const { ipAddress } = ctx.request;
    // A guest pays without having proven anything, so this is where card-testers come in.
    await checkCaptcha(ctx.runtime, { token: input.captchaToken, ipAddress });
    await spend(ctx.runtime, 'start_guest', { ip: ipAddress });
    const guest = await ensureGuest(ctx.runtime, {
      guestId: ctx.guestId,
      email: input.email,
      name: input.name ?? null,
    });
    ctx.rememberGuest(guest.id);
    return { email: guest.email };
  });
