import { hkdfSync } from 'node:crypto';
import type { BetterAuthOptions } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { dialectOf } from '@onfile/db/dialects/portable.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { clientAddressHeader } from './handle-auth-request.ts';

export interface AuthSwitches {
  /** Limits sign-in tries per client address; only tests turn it off. */
  rateLimit?: boolean;
}

/** Who a configuration is for; everything it stores or signs is named after it. */
interface Audience {
  /** Prefix of the tables. */
  tables: 'shopper' | 'staff';
  cookiePrefix: string;
  origin: string;
}

const secondsPerDay = 86_400;

/** A secret of its own for each audience, so that neither can read what the other signed. */
export function audienceSecret(authSecret: string, label: string): string {
  const key = hkdfSync('sha256', authSecret, '', `onfile auth ${label}`, 32);
  return Buffer.from(key).toString('base64url');
}

function forwardedLog(runtime: Runtime): NonNullable<BetterAuthOptions['logger']> {
  return {
    level: 'warn',
    // Only the message and errors: other arguments may hold what a person typed.
    log: (level, message, ...rest) => {
      const err = rest.find((value) => value instanceof Error);
      runtime.log[level](err ? { err } : {}, message);
    },
  };
}

/**
 * What shoppers' and staff's authentication have in common: the runtime's own database connection,
 * e-mail with a password of 10 characters or more, HttpOnly cookies with SameSite=Lax (and Secure
 * on https), sign-in tries limited per address and counted in the database.
 */
export function authOptions(runtime: Runtime, audience: Audience, switches: AuthSwitches) {
  const { tables, origin } = audience;
  const { ipFactor } = runtime.settings.limits;
  return {
    appName: runtime.settings.shopName,
    baseURL: origin,
    basePath: '/auth',
    secret: audienceSecret(runtime.settings.authSecret, tables),
    trustedOrigins: [origin],
    database: { db: runtime.db.withoutPlugins(), type: dialectOf(runtime.db) },
    account: { modelName: `${tables}_account` },
    verification: { modelName: `${tables}_verification` },
    rateLimit: {
      enabled: switches.rateLimit ?? true,
      storage: 'database' as const,
      modelName: `${tables}_rate_limit`,
      window: 60,
      max: 300 * ipFactor,
      customRules: {
        '/sign-in/*': { window: 60, max: 20 * ipFactor },
        '/email-otp/*': { window: 60, max: 20 * ipFactor },
        '/two-factor/*': { window: 60, max: 20 * ipFactor },
      },
    },
    advanced: {
      cookiePrefix: audience.cookiePrefix,
      useSecureCookies: origin.startsWith('https://'),
      defaultCookieAttributes: { sameSite: 'lax' as const, httpOnly: true },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    telemetry: { enabled: false },
    logger: forwardedLog(runtime),
    onAPIError: {
      onError: (err: unknown) => {
        const isAnswer = isAPIError(err) && err.statusCode < 500;
        if (!isAnswer) runtime.log.error({ err }, 'authentication failed with a fault');
      },
    },
  };
}

/** E-mail and password; the sign-in error is the same whether the address or the password is wrong. */
export const passwordRules = { enabled: true, minPasswordLength: 10, maxPasswordLength: 128 };

/** How long a session lives: a week for shoppers, a working day for staff. */
export const sessionLifetime = {
  shopper: { expiresIn: 7 * secondsPerDay, updateAge: secondsPerDay },
  staff: { expiresIn: secondsPerDay / 2, updateAge: secondsPerDay / 24 },
};
