import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { paramsOf, resolveNode } from '../param-spec.ts';
import { clearable, hash, has, isTree, paramName } from '../params.ts';
import type { Params } from '../params.ts';
import { typedValue } from '../typed-value.ts';

/** What the sandbox shows of `payment_method_options`; the rest is taken and has no effect. */
const SHOWN: { [type: string]: readonly string[] } = {
  card: [
    'capture_method',
    'installments',
    'mandate_options',
    'network',
    'request_extended_authorization',
    'request_incremental_authorization',
    'request_multicapture',
    'request_overcapture',
    'request_three_d_secure',
    'require_cvc_recollection',
    'setup_credential_usage',
    'setup_future_usage',
    'stored_credential_usage',
  ],
  sepa_debit: ['mandate_options', 'setup_future_usage', 'target_date'],
  au_becs_debit: ['setup_future_usage', 'target_date'],
  us_bank_account: ['mandate_options', 'setup_future_usage', 'target_date', 'verification_method'],
  ideal: ['setup_future_usage'],
  bancontact: ['preferred_language', 'setup_future_usage'],
  eps: ['setup_future_usage'],
  p24: ['setup_future_usage'],
  alipay: ['setup_future_usage'],
};

const TYPED = paramsOf('POST', '/v1/payment_intents').fields.payment_method_options;

/** Fields that Stripe adds to what was given. */
const FILLED: { [option: string]: object } = {
  'card.installments': { available_plans: null, enabled: false, plan: null },
  'card.mandate_options': {
    description: null,
    end_date: null,
    interval_count: null,
    supported_types: null,
  },
};

/** Options that a PaymentIntent shows of a type even where nothing was asked for. */
export const ALWAYS_SHOWN: { [type: string]: object } = {
  bancontact: { preferred_language: 'en' },
};

/** `payment_method_options` of a request, merged over what an intent has; null clears an option. */
export function mergeOptions<Options extends object>(params: Params, current: Options): Options {
  const given = hash(params, 'payment_method_options');
  if (given === undefined) return current;
  const merged = new Map<string, object>(Object.entries(current));
  for (const [type, names] of Object.entries(SHOWN)) {
    const options = hash(given, type);
    if (options === undefined) continue;
    const before = Object.entries(merged.get(type) ?? ALWAYS_SHOWN[type] ?? {});
    const after = new Map<string, unknown>(before);
    for (const name of names) {
      if (!has(options, name)) continue;
      const value = shownValue(type, name, options.values[name]);
      if (value === undefined) after.delete(name);
      else after.set(name, value);
    }
    merged.set(type, Object.fromEntries(after));
    refuseExclusive(params, options, type);
  }
  return Object.fromEntries(merged) as Options;
}

/** An option as the intent shows it; undefined when it was cleared and has no standard. */
function shownValue(type: string, name: string, given: unknown): unknown {
  if (given === '' || given === null) {
    const standard = new Map<string, object | undefined>(Object.entries(defaultOptions()));
    return new Map<string, unknown>(Object.entries(standard.get(type) ?? {})).get(name);
  }
  const types = TYPED && resolveNode(TYPED);
  const ofType = types?.t === 'object' ? types.fields[type] : undefined;
  const value = typedValue(ofType, { [name]: given });
  const shown = isTree(value) ? value[name] : given;
  return isTree(shown) ? { ...FILLED[`${type}.${name}`], ...shown } : shown;
}

/** A payment with a stored credential cannot set the credential up as well (stripe.md 17). */
function refuseExclusive(params: Params, options: Params, type: string): void {
  if (type !== 'card') return;
  const usage = clearable(params, 'setup_future_usage') ?? clearable(options, 'setup_future_usage');
  const stored = has(options, 'stored_credential_usage');
  if (stored && usage !== undefined && usage !== null && usage !== 'none') {
    throw invalidRequest(
      'You cannot pass `stored_credential_usage` together with `setup_future_usage`: the card is either stored already or being set up.',
      { param: paramName(options, 'stored_credential_usage') },
    );
  }
  if (stored && has(options, 'setup_credential_usage')) {
    throw invalidRequest(
      'You may only specify one of these parameters: setup_credential_usage, stored_credential_usage.',
      { code: 'parameters_exclusive', param: paramName(options, 'stored_credential_usage') },
    );
  }
}

type Options = { setup_future_usage?: string };

/** Whether a payment saves its method: what its type's options say, else what the intent says. */
export function futureUsageOf(
  intent: Stripe.PaymentIntent,
  type: string,
): 'on_session' | 'off_session' | null {
  const options = new Map<string, Options>(Object.entries(intent.payment_method_options ?? {}));
  const usage = options.get(type)?.setup_future_usage ?? intent.setup_future_usage;
  return usage === 'on_session' || usage === 'off_session' ? usage : null;
}

/** Whether a payment by this type only holds the funds. */
export function isHold(intent: Stripe.PaymentIntent, type: string): boolean {
  if (intent.capture_method === 'manual') return true;
  return type === 'card' && intent.payment_method_options?.card?.capture_method === 'manual';
}

/** The options of a new intent. */
export function defaultOptions(): Stripe.PaymentIntent.PaymentMethodOptions {
  return {
    card: {
      installments: null,
      mandate_options: null,
      network: null,
      request_three_d_secure: 'automatic',
    },
  };
}
