import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { audienceSecret, sessionLifetime } from './auth-options.ts';

/** A cookie as an app sets it. */
export interface GuestCookie {
  name: string;
  value: string;
  options: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
}

export interface GuestCookies {
  /** Signs a cookie that lets a browser come back as this guest for a week. */
  write(customerId: string): GuestCookie;
  /** The guest whom a request's cookie names; null when there is none, or it is forged or too old. */
  read(headers: Headers): string | null;
  /** The `Set-Cookie` line that makes the browser forget. */
  forget(): string;
}

const maxAge = sessionLifetime.shopper.expiresIn;

/**
 * Guests have no account and no session: a signed cookie says which customer their browser is. It
 * opens what that guest left and nothing else, and ends when the records join an account.
 */
export function openGuestCookies(runtime: Pick<Runtime, 'settings' | 'clock'>): GuestCookies {
  const { authSecret, storefrontOrigin } = runtime.settings;
  const key = audienceSecret(authSecret, 'guest');
  const secure = storefrontOrigin.startsWith('https://');
  const name = `${secure ? '__Secure-' : ''}onfile-shop.guest`;
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  return {
    write(customerId) {
      const said = `${customerId}.${String(runtime.clock.now())}`;
      const options = { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge } as const;
      return { name, value: `${said}.${sign(said)}`, options };
    },
    read(headers) {
      const [customerId = '', at = '', signature = ''] = (readCookie(headers, name) ?? '').split(
        '.',
      );
      if (!isSame(signature, sign(`${customerId}.${at}`))) return null;
      return runtime.clock.now() - Number(at) < maxAge * 1000 ? customerId : null;
    },
    forget: () => `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`,
  };
}

function readCookie(headers: Headers, name: string): string | undefined {
  return (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
