import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { clearable, flag, has, hash, oneOf, url } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { createPaymentMethod } from './create-payment-method.ts';
import { takePaymentMethod } from './take-payment-method.ts';

/** The method that `payment_method` names or `payment_method_data` describes. */
export function readMethod(account: Account, params: Params): Row<'payment_method'> | undefined {
  const id = clearable(params, 'payment_method');
  const data = hash(params, 'payment_method_data');
  if (id !== undefined && id !== null && data !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: payment_method, payment_method_data.',
      { code: 'parameters_exclusive', param: 'payment_method' },
    );
  }
  if (data !== undefined) return createPaymentMethod(account, data);
  return id === undefined || id === null ? undefined : takePaymentMethod(account, id);
}

/**
 * `automatic_payment_methods`, which is on with redirects unless the request says otherwise. A caller
 * that sends no version (the Stripe CLI) is served as an older client, for whom it is off.
 */
export function readAutomaticMethods(
  account: Account,
  params: Params,
): Stripe.PaymentIntent.AutomaticPaymentMethods | null {
  const given = hash(params, 'automatic_payment_methods');
  if (given === undefined) {
    const older = account.request?.version === null || has(params, 'payment_method_types');
    return older ? null : { allow_redirects: 'always', enabled: true };
  }
  if (flag(given, 'enabled') !== true) return null;
  const redirects = oneOf(given, 'allow_redirects', ['always', 'never']) ?? 'always';
  return { allow_redirects: redirects, enabled: true };
}

/** Parameters that mean something only together with `confirm=true`. */
export function refuseWithoutConfirm(params: Params, names: readonly string[], noun: string): void {
  for (const name of names) {
    if (!has(params, name)) continue;
    throw invalidRequest(
      `The parameter \`${name}\` cannot be passed when creating a ${noun} unless \`confirm\` is set to true.`,
      {
        code:
          noun === 'SetupIntent'
            ? 'setup_intent_invalid_parameter'
            : 'payment_intent_invalid_parameter',
        param: name,
      },
    );
  }
}

/** A server's confirm needs somewhere to send the shopper back to, unless redirects are off. */
export function requireReturnUrl(
  account: Account,
  automatic: { enabled: boolean | null; allow_redirects?: string } | null,
  params: Params,
): void {
  if (automatic?.enabled !== true || automatic.allow_redirects === 'never') return;
  if (has(params, 'return_url') || flag(params, 'use_stripe_sdk') === true) return;
  if (account.request?.access !== 'secret') return;
  throw invalidRequest(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    { param: 'return_url' },
  );
}

/**
 * Where the shopper comes back to. Stripe.js shows a card's challenge in a frame of its own; methods that
 * redirect take the whole window away, whoever confirms.
 */
export function readReturnUrl(params: Params, method: Row<'payment_method'>): string | null {
  const inFrame = flag(params, 'use_stripe_sdk') === true && method.object.type === 'card';
  return inFrame ? null : (url(params, 'return_url') ?? null);
}
