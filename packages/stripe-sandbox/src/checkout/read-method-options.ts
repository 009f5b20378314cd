import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { flag, has, hash, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Mode } from './validate-session.ts';

type Shown = Stripe.Checkout.Session.PaymentMethodOptions;
type Usage = 'on_session' | 'off_session' | 'none';

type MethodOptions = {
  /** As the Session shows them, of the types that it offers. */
  shown: Shown;
  /** `setup_future_usage` by type. */
  usageByType: { [type: string]: Usage };
};

const USAGES = ['none', 'off_session', 'on_session'] as const;
const CARD_REQUESTS = [
  'request_extended_authorization',
  'request_incremental_authorization',
  'request_multicapture',
  'request_overcapture',
] as const;

/** `payment_method_options`, by type (stripe.md 2.4). What concerns money is refused in setup mode. */
export function readMethodOptions(params: Params, mode: Mode, types: string[]): MethodOptions {
  const all = hash(params, 'payment_method_options') ?? {
    values: {},
    at: 'payment_method_options',
  };
  const usageByType: { [type: string]: Usage } = {};
  const shown: { [type: string]: object } = {};
  for (const type of new Set([...types, ...Object.keys(all.values)])) {
    const given = hash(all, type) ?? { values: {}, at: `${all.at}[${type}]` };
    if (mode === 'setup') refusePaymentOptions(given);
    const usage = oneOf(given, 'setup_future_usage', USAGES);
    if (usage !== undefined) usageByType[type] = usage;
    const own = readOwn(type, given);
    if (types.includes(type)) {
      shown[type] = { ...own, ...(usage === undefined ? {} : { setup_future_usage: usage }) };
    }
  }
  return { shown, usageByType };
}

function refusePaymentOptions(given: Params): void {
  for (const name of ['capture_method', 'setup_future_usage']) {
    if (!has(given, name)) continue;
    throw invalidRequest(`You can not pass \`${given.at}[${name}]\` in \`setup\` mode.`, {
      param: `${given.at}[${name}]`,
    });
  }
}

function readOwn(type: string, given: Params): object {
  if (type === 'card') return readCard(given);
  if (type === 'sepa_debit') return { ...readSepa(given), ...readTargetDate(given) };
  if (type === 'us_bank_account') return { ...readUsBankAccount(given), ...readTargetDate(given) };
  return readTargetDate(given);
}

function readCard(given: Params): NonNullable<Shown['card']> {
  const secure = oneOf(given, 'request_three_d_secure', ['any', 'automatic', 'challenge']);
  const requests = CARD_REQUESTS.filter((name) => has(given, name)).map((name) => [
    name,
    oneOf(given, name, ['if_available', 'never']),
  ]);
  const installments = hash(given, 'installments');
  return {
    request_three_d_secure: secure ?? 'automatic',
    ...(has(given, 'capture_method') ? { capture_method: 'manual' as const } : {}),
    ...(installments === undefined
      ? {}
      : { installments: { enabled: flag(installments, 'enabled') ?? false } }),
    ...(Object.fromEntries(requests) as Partial<Shown['card']>),
  };
}

/** The prefix of mandate references: 12 characters, not Stripe's own. */
function readSepa(given: Params): NonNullable<Shown['sepa_debit']> {
  const mandate = hash(given, 'mandate_options');
  const prefix = mandate === undefined ? undefined : text(mandate, 'reference_prefix');
  if (prefix === undefined) return {};
  if (!/^[0-9A-Za-z /_&.-]{1,12}$/.test(prefix) || /^stripe/i.test(prefix)) {
    throw invalidRequest(
      "Invalid reference_prefix: must be at most 12 characters out of letters, digits, spaces, and '/', '_', '-', '&', '.', and cannot begin with 'STRIPE'.",
      { param: `${given.at}[mandate_options][reference_prefix]` },
    );
  }
  return { mandate_options: { reference_prefix: prefix } };
}

function readUsBankAccount(given: Params): NonNullable<Shown['us_bank_account']> {
  return {
    verification_method:
      oneOf(given, 'verification_method', ['automatic', 'instant']) ?? 'automatic',
  };
}

function readTargetDate(given: Params): { target_date?: string } {
  const date = text(given, 'target_date');
  if (date === undefined) return {};
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw invalidRequest('Invalid target_date: must be a date like 2026-11-30', {
      param: `${given.at}[target_date]`,
    });
  }
  return { target_date: date };
}
