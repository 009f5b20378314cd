import type { BetterAuthOptions } from 'better-auth';
import { betterAuth } from 'better-auth';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { AuthSwitches } from './auth-options.ts';
import { authOptions, passwordRules, sessionLifetime } from './auth-options.ts';
import { handleAuthRequest } from './handle-auth-request.ts';

export interface Shopper {
  userId: string;
  email: string;
  name: string | null;
}

export interface ShopperAuth {
  /**
   * Answers the endpoints below `/auth`.
   * @param clientAddress for the limit on sign-in tries; without it all share one
   */
  handler(request: Request, clientAddress?: string | null): Promise<Response>;
  /** The shopper whose session cookie these headers carry. */
  findShopper(headers: Headers): Promise<Shopper | null>;
}

const paths = new Set(['/sign-up/email', '/sign-in/email', '/sign-out', '/get-session']);

/** better-auth's configuration for shoppers; {@link openShopperAuth} is what apps use. */
export function shopperAuthOptions(runtime: Runtime, switches: AuthSwitches = {}) {
  return {
    ...authOptions(
      runtime,
      {
        tables: 'shopper',
        cookiePrefix: 'onfile-shop',
        origin: runtime.settings.storefrontOrigin,
      },
      switches,
    ),
    emailAndPassword: passwordRules,
    user: { modelName: 'shopper_user' },
    session: { modelName: 'shopper_session', ...sessionLifetime.shopper },
  } satisfies BetterAuthOptions;
}

/** Authentication of shoppers: its own tables, cookies and secret. */
export function openShopperAuth(runtime: Runtime, switches: AuthSwitches = {}): ShopperAuth {
  const auth = betterAuth(shopperAuthOptions(runtime, switches));
  return {
    handler: (request, clientAddress = null) =>
      handleAuthRequest(auth.handler, paths, request, clientAddress),
    findShopper: async (headers) => {
      const found = await auth.api.getSession({ headers });
      if (!found) return null;
      return { userId: found.user.id, email: found.user.email, name: found.user.name || null };
    },
  };
}
