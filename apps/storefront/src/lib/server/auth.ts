import type { ShopperAuth } from '@onfile/auth/shopper-auth.ts';
import { openShopperAuth } from '@onfile/auth/shopper-auth.ts';
import { getRuntime } from './runtime.ts';

let auth: ShopperAuth | undefined;

/** Shoppers' authentication over the process's runtime. */
export function getShopperAuth(): ShopperAuth {
  auth ??= openShopperAuth(getRuntime());
  return auth;
}
