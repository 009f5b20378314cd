import type { LayoutServerLoad } from './$types';
import { getRuntime } from '#lib/server/runtime.ts';

export const load: LayoutServerLoad = ({ locals }) => {
  const { settings } = getRuntime();
  return {
    shopName: settings.shopName,
    mode: settings.stripe.mode,
    shopper: locals.shopper && {
      email: locals.shopper.email,
      isProven: locals.shopper.emailVerified,
    },
    captcha: settings.captcha && {
      siteKey: settings.captcha.siteKey,
      scriptUrl: settings.captcha.scriptUrl,
    },
  };
};
