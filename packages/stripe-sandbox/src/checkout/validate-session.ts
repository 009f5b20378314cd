import { invalidRequest } from '../errors.ts';
import { flag, has, hash, integer, missing, oneOf, text, url } from '../params.ts';
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

const PAYMENT_ONLY = [
  'line_items',
  'payment_intent_data',
  'saved_payment_method_options',
  'submit_type',
];

/** What one mode has and another has not (stripe.md 2.1, 2.5). */
export function readMode(params: Params): 'payment' | 'setup' {
  const mode = oneOf(params, 'mode', ['payment', 'setup', 'subscription']);
  if (mode === undefined) throw missing('mode');
  if (mode === 'subscription') {
    throw invalidRequest('The sandbox has no subscriptions.', { param: 'mode' });
  }
  const foreign = mode === 'setup' ? PAYMENT_ONLY : ['setup_intent_data'];
  for (const name of [...foreign, 'subscription_data', 'payment_method_collection']) {
    if (!has(params, name)) continue;
    throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, { param: name });
  }
  return mode;
}

/** Which addresses go with which ui_mode (stripe.md 2.2). */
export function readUrls(params: Params): SessionUrls {
  const uiMode = oneOf(params, 'ui_mode', UI_MODES) ?? 'hosted_page';
  const hosted = uiMode === 'hosted_page';
  const unsupported = (
    hosted ? ['return_url', 'redirect_on_completion'] : ['cancel_url', 'success_url']
  ).filter((name) => has(params, name));
  if (uiMode !== 'embedded_page' && has(params, 'redirect_on_completion') && !hosted) {
    unsupported.push('redirect_on_completion');
  }
  if (uiMode === 'elements') {
    unsupported.push(
      ...['custom_text', 'custom_fields', 'submit_type', 'after_expiration'].filter((name) =>
        has(params, name),
      ),
    );
  }
  if (unsupported.length > 0) {
    throw invalidRequest(
      `The following parameters are not supported with 'ui_mode: ${uiMode}': ${unsupported.join(', ')}.`,
      { param: unsupported[0] ?? 'ui_mode' },
    );
  }
  const successUrl = url(params, 'success_url') ?? null;
  const returnUrl = url(params, 'return_url') ?? null;
  if (hosted && successUrl === null) throw missing('success_url');
  const redirect = oneOf(params, 'redirect_on_completion', ['always', 'if_required', 'never']);
  if (redirect === 'never' && returnUrl !== null) {
    throw invalidRequest(
      'You can not pass `return_url` when `redirect_on_completion` is `never`.',
      { param: 'return_url' },
    );
  }
  if (uiMode === 'embedded_page' && redirect !== 'never' && returnUrl === null) {
    throw missing('return_url');
  }
  return {
    uiMode,
    successUrl,
    cancelUrl: url(params, 'cancel_url') ?? null,
    returnUrl,
    redirectOnCompletion: uiMode === 'embedded_page' ? (redirect ?? 'always') : null,
  };
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

/** `customer` excludes the ways to make or prefill one (stripe.md 2.3). */
export function checkCustomerParams(params: Params): void {
  const customer = text(params, 'customer');
  for (const name of ['customer_email', 'customer_creation']) {
    if (customer === undefined || !has(params, name)) continue;
    throw invalidRequest(`You may only specify one of these parameters: customer, ${name}.`, {
      param: 'customer',
    });
  }
  if (has(params, 'customer_update') && customer === undefined) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', {
      param: 'customer_update',
    });
  }
  const email = text(params, 'customer_email');
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw invalidRequest(`Invalid email address: ${email.slice(0, 60)}`, {
      code: 'email_invalid',
      param: 'customer_email',
    });
  }
  const managed = hash(params, 'managed_payments');
  if (managed !== undefined && flag(managed, 'enabled') === true) {
    throw invalidRequest('The sandbox has no Managed Payments.', { param: 'managed_payments' });
  }
}
