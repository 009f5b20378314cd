import type { Cookies } from '@sveltejs/kit';
import { getRuntime } from './runtime.ts';

const cookieName = 'onfile-shop.recover';

/** As long as somebody takes to find their card; the link itself works for longer. */
const maxAge = 60 * 60;

/** A token has 43 characters; whatever is longer is none. */
const longest = 100;

/** Lets this browser go on with what the link leads to. */
export function keepRecoveryToken(cookies: Cookies, token: string): void {
  const secure = getRuntime().settings.storefrontOrigin.startsWith('https://');
  const value = token.slice(0, longest);
  cookies.set(cookieName, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge });
}

/** The secret part of the link that this browser has opened; null when it has opened none. */
export function readRecoveryToken(cookies: Cookies): string | null {
  return cookies.get(cookieName)?.slice(0, longest) ?? null;
}
