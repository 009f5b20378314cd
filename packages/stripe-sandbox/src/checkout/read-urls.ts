import { invalidRequest } from '../errors.ts';
import { integer, missing, oneOf, url } from '../params.ts';
import type { Params } from '../params.ts';

const UI_MODES = ['elements', 'embedded_page', 'form', 'hosted_page'] as const;
export type UiMode = (typeof UI_MODES)[number];

export type SessionUrls = {
  uiMode: UiMode;
  successUrl: string | null;
  cancelUrl: string | null;
  returnUrl: string | null;
  redirectOnCompletion: 'always' | 'if_required' | 'never' | null;
};

/** The ui_mode; the hosted page when absent. */
export function readUiMode(params: Params): UiMode {
  return oneOf(params, 'ui_mode', UI_MODES) ?? 'hosted_page';
}

/** The addresses of a session; those that its ui_mode has not were refused before (stripe.md 2.2). */
export function readUrls(params: Params, uiMode: UiMode): SessionUrls {
  const successUrl = url(params, 'success_url') ?? null;
  const returnUrl = url(params, 'return_url') ?? null;
  if (uiMode === 'hosted_page' && successUrl === null) throw missing('success_url');
  const redirect = oneOf(params, 'redirect_on_completion', ['always', 'if_required', 'never']);
  if (redirect === 'never' && returnUrl !== null) {
    throw invalidRequest(
      'You can not pass `return_url` when `redirect_on_completion` is `never`.',
      { param: 'return_url' },
    );
  }
  return {
    uiMode,
    successUrl,
    cancelUrl: url(params, 'cancel_url') ?? null,
    returnUrl,
    redirectOnCompletion: uiMode === 'embedded_page' ? (redirect ?? 'always') : null,
  };
}

/**
 * An embedded page needs somewhere to go on to: at the end, and after a method that leads away. An
 * `elements` page may still say so on confirming.
 */
export function requireReturnUrl(urls: SessionUrls, leads: boolean): void {
  if (urls.uiMode !== 'embedded_page' || urls.returnUrl !== null) return;
  const { redirectOnCompletion: when } = urls;
  if (when === 'always' || (when === 'if_required' && leads)) throw missing('return_url');
}

const HALF_AN_HOUR = 30 * 60;
const DAY = 24 * 60 * 60;

/** Unix seconds between 30 minutes and 24 hours from now; 24 hours when not given. */
export function readExpiry(params: Params, nowSeconds: number): number {
  const expiresAt = integer(params, 'expires_at');
  if (expiresAt === undefined) return nowSeconds + DAY;
  if (expiresAt < nowSeconds + HALF_AN_HOUR) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
    );
  }
  if (expiresAt > nowSeconds + DAY) {
    throw invalidRequest(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
    );
  }
  return expiresAt;
}
