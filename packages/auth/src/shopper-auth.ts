import type { BetterAuthOptions } from 'better-auth';
import { betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { joinProvenGuests } from '@onfile/payments/customers/join-proven-guests.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { AuthSwitches } from './auth-options.ts';
import { authOptions, passwordRules, sessionLifetime } from './auth-options.ts';
import { confirmAddress, confirmLink, sendConfirmLink } from './confirm-address.ts';
import type { Confirmation } from './confirm-address.ts';
import { openGuestCookies } from './guest-cookie.ts';
import type { GuestCookies } from './guest-cookie.ts';
import { handleAuthRequest } from './handle-auth-request.ts';
import { oneTimeCode } from './one-time-code.ts';
import { shopperEndpoints } from './shopper-endpoints.ts';
import { showShopper } from './show-shopper.ts';
import type { Shopper } from './show-shopper.ts';

export interface ShopperAuth {
  /**
   * Answers the endpoints below `/auth`.
   * @param clientAddress for the limit on sign-in tries; without it all share one
   */
  handler(request: Request, clientAddress?: string | null): Promise<Response>;
  /** The shopper whose session cookie these headers carry. */
  findShopper(headers: Headers): Promise<Shopper | null>;
  /** Mails a link that proves the signed-in shopper's address; throws a Refusal when too often. */
  sendConfirmLink(headers: Headers, clientAddress: string | null): Promise<void>;
  /** What the mailed link does, in a browser in which its account is signed in. */
  confirmAddress(headers: Headers, token: string): Promise<Confirmation>;
  guests: GuestCookies;
}

/** better-auth's configuration for shoppers; {@link openShopperAuth} is what apps use. */
export function shopperAuthOptions(runtime: Runtime, switches: AuthSwitches = {}) {
  const guests = openGuestCookies(runtime);
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
    // Accounts begin with a proven address: by a code, after which a password may be set.
    emailAndPassword: { ...passwordRules, disableSignUp: true },
    emailVerification: confirmLink(runtime),
    user: { modelName: 'shopper_user' },
    session: { modelName: 'shopper_session', ...sessionLifetime.shopper },
    plugins: [oneTimeCode(runtime)],
    hooks: {
      after: createAuthMiddleware(async ({ context, path, headers }) => {
        const { newSession } = context;
        if (!newSession) return;
        // A code that was entered in a guest's own browser proves the guest's address, too.
        const byCode = path === '/sign-in/email-otp' && headers;
        const guestId = byCode ? guests.read(headers) : null;
        await joinProvenGuests(runtime, showShopper(newSession.user), guestId).catch(
          (err: unknown) => {
            runtime.log.error({ err }, 'guest records not joined; the next sign-in tries again');
          },
        );
      }),
    },
  } satisfies BetterAuthOptions;
}

/** Authentication of shoppers: its own tables, cookies and secret. */
export function openShopperAuth(runtime: Runtime, switches: AuthSwitches = {}): ShopperAuth {
  const auth = betterAuth(shopperAuthOptions(runtime, switches));
  const endpoints = shopperEndpoints(runtime);
  const guests = openGuestCookies(runtime);

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/auth/set-password') {
      // Not among better-auth's endpoints: it has the function only.
      const body = (await request.json()) as { newPassword: string };
      return auth.api.setPassword({ body, headers: request.headers, asResponse: true });
    }
    const response = await auth.handler(request);
    // At a shared computer the next person shall not be taken for the guest.
    if (pathname === '/auth/sign-out') response.headers.append('set-cookie', guests.forget());
    return response;
  }

  return {
    handler: (request, clientAddress = null) =>
      handleAuthRequest(answer, endpoints, request, clientAddress),
    findShopper: async (headers) => {
      const found = await auth.api.getSession({ headers });
      return found && showShopper(found.user);
    },
    sendConfirmLink: (headers, clientAddress) =>
      sendConfirmLink({ runtime, api: auth.api }, headers, clientAddress),
    confirmAddress: (headers, token) =>
      confirmAddress({ runtime, api: auth.api, guestId: guests.read(headers) }, headers, token),
    guests,
  };
}
