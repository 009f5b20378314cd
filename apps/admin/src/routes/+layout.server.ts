import { getRuntime } from '#lib/server/runtime.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = () => {
  const { settings } = getRuntime();
  return { shopName: settings.shopName, mode: settings.stripe.mode };
};
