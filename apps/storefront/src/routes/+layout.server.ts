import type { LayoutServerLoad } from './$types';
import { callerOf } from '#lib/server/caller.ts';
import { getRuntime } from '#lib/server/runtime.ts';

export const load: LayoutServerLoad = async ({ locals }) => {
  const { settings } = getRuntime();
  const identity = await callerOf(locals).identity.get();
  return {
    shopName: settings.shopName,
    mode: settings.stripe.mode,
    isOwn: (await callerOf(locals).shop.getStanding()).isOwn,
    shopper: locals.shopper && {
      email: locals.shopper.email,
      isProven: locals.shopper.emailVerified,
    },
    /** The address under which this browser orders without an account. */
    guestEmail: identity.kind === 'guest' ? identity.email : null,
    captcha: settings.captcha && {
      siteKey: settings.captcha.siteKey,
      scriptUrl: settings.captcha.scriptUrl,
    },
  };
};
