import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { flag, has, hash, hashes, missing, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { UiMode } from './read-urls.ts';

export type Mode = 'payment' | 'setup';

/** What only payment mode has: in setup mode nothing is sold (stripe.md 2.1, 2.5, 2.6). */
const PAYMENT_ONLY = [
  'allow_promotion_codes',
  'discounts',
  'invoice_creation',
  'line_items',
  'optional_items',
  'payment_intent_data',
  'phone_number_collection',
  'saved_payment_method_options',
  'shipping_address_collection',
  'shipping_options',
  'submit_type',
] as const;
const SETUP_ONLY = ['setup_intent_data'] as const;
const SUBSCRIPTION_ONLY = ['payment_method_collection', 'subscription_data'] as const;

/** What one mode has and another has not. A session without a mode sells its items. */
export function readMode(params: Params): Mode {
  const given = oneOf(params, 'mode', ['payment', 'setup', 'subscription']);
  const mode = given ?? (has(params, 'line_items') ? 'payment' : undefined);
  if (mode === undefined) throw missing('mode');
  if (mode === 'subscription') {
    throw invalidRequest('The sandbox has no subscriptions.', { param: 'mode' });
  }
  const foreign = mode === 'setup' ? PAYMENT_ONLY : SETUP_ONLY;
  for (const name of [...foreign, ...SUBSCRIPTION_ONLY]) {
    if (!has(params, name)) continue;
    throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, { param: name });
  }
  return mode;
}

/** What a ui_mode has not (stripe.md 2.2, 2.6, and the SDK's comments). */
const UNSUPPORTED: { readonly [mode in UiMode]: readonly string[] } = {
  hosted_page: ['permissions', 'redirect_on_completion', 'return_url'],
  embedded_page: ['cancel_url', 'success_url'],
  elements: [
    'after_expiration',
    'branding_settings',
    'cancel_url',
    'custom_fields',
    'custom_text',
    'optional_items',
    'origin_context',
    'redirect_on_completion',
    'submit_type',
    'success_url',
  ],
  form: ['cancel_url', 'optional_items', 'permissions', 'redirect_on_completion', 'success_url'],
};

/** The private preview that `form` is part of (stripe.md 1.3). */
const FORM_PREVIEW = 'custom_checkout_payment_form_preview=v1';

/** Refuses what does not go with the ui_mode, all of it in one sentence. */
export function checkUiMode(account: Account, params: Params, uiMode: UiMode): void {
  if (uiMode === 'form' && account.request?.version?.includes(FORM_PREVIEW) !== true) {
    throw invalidRequest(
      'Invalid ui_mode: must be one of elements, embedded_page, or hosted_page',
      { param: 'ui_mode' },
    );
  }
  const unsupported = UNSUPPORTED[uiMode].filter((name) => has(params, name));
  if (uiMode === 'elements') unsupported.push(...nestedNotForElements(params));
  const [first] = unsupported;
  if (first === undefined) return;
  throw invalidRequest(
    `The following parameters are not supported with 'ui_mode: ${uiMode}': ${unsupported.join(', ')}.`,
    { param: first },
  );
}

function nestedNotForElements(params: Params): string[] {
  const taxId = hash(params, 'tax_id_collection');
  const options = hash(params, 'payment_method_options');
  return [
    ...(taxId !== undefined && has(taxId, 'required') ? ['tax_id_collection[required]'] : []),
    ...(options !== undefined && has(options, 'acss_debit')
      ? ['payment_method_options[acss_debit]']
      : []),
  ];
}

/** Parameters of which at most one may be there; the first is the one that the error names. */
const EXCLUSIVE = [
  ['customer', 'customer_email'],
  ['customer', 'customer_creation'],
  ['customer_account', 'customer_email'],
  ['customer_account', 'customer_creation'],
  ['allow_promotion_codes', 'discounts'],
] as const;

/** Names of lists that are limited, and how many elements each may have. */
const MOST = { optional_items: 10 } as const;

export function checkExclusive(params: Params): void {
  for (const [name, most] of Object.entries(MOST)) {
    if ((hashes(params, name)?.length ?? 0) <= most) continue;
    throw invalidRequest(`You may pass at most ${String(most)} \`${name}\`.`, { param: name });
  }
  for (const [first, second] of EXCLUSIVE) {
    if (!has(params, first) || !has(params, second)) continue;
    throw invalidRequest(`You may only specify one of these parameters: ${first}, ${second}.`, {
      param: first,
    });
  }
}

/** `customer` excludes the ways to make or prefill one (stripe.md 2.3). */
export function checkCustomerParams(params: Params): void {
  const owned = has(params, 'customer') || has(params, 'customer_account');
  if (has(params, 'customer_update') && !owned) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', {
      param: 'customer_update',
    });
  }
  const email = text(params, 'customer_email');
  if (email !== undefined && (email.length > 512 || !/^[^\s@]+@[^\s@]+$/.test(email))) {
    throw invalidRequest(`Invalid email address: ${email.slice(0, 60)}`, {
      code: 'email_invalid',
      param: 'customer_email',
    });
  }
  const reference = text(params, 'client_reference_id');
  if (reference !== undefined && reference.length > 200) {
    throw invalidRequest(
      `Invalid string: ${reference.slice(0, 20)}...; must be at most 200 characters`,
      { param: 'client_reference_id' },
    );
  }
}

/** What Stripe sells beside Checkout and the sandbox has not: said, instead of silently left out. */
const PRODUCTS = [
  ['automatic_tax', 'no Stripe Tax'],
  ['invoice_creation', 'no invoices'],
  ['managed_payments', 'no Managed Payments'],
] as const;

export function refuseOtherProducts(params: Params): void {
  for (const [name, lack] of PRODUCTS) {
    const given = hash(params, name);
    if (given === undefined || flag(given, 'enabled') !== true) continue;
    throw invalidRequest(`The sandbox has ${lack}.`, { param: name });
  }
}
