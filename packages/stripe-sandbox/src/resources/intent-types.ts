import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { eligibleTypes } from '../method-kinds.ts';
import { has, texts } from '../params.ts';
import type { Params } from '../params.ts';

type Types = {
  allowed_payment_method_types: string[] | null;
  excluded_payment_method_types: string[] | null;
  payment_method_types: string[];
};

/**
 * Which methods an intent takes: what the request lists (older callers), else cards alone, else all
 * that its currency allows, narrowed by `allowed_` and `excluded_payment_method_types`.
 */
export function readTypes(
  params: Params,
  given: {
    currency: string | null;
    automatic: { enabled: boolean; allow_redirects?: string } | null;
    manualCapture: boolean;
    current?: Types;
  },
): Types {
  const allowed = readList(params, 'allowed_payment_method_types', given.current);
  const excluded = readList(params, 'excluded_payment_method_types', given.current);
  const lists = {
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: excluded,
  };
  const listed = texts(params, 'payment_method_types');
  if (listed !== undefined && listed.length > 0) return { ...lists, payment_method_types: listed };
  const narrowed = allowed !== null || excluded !== null;
  if (given.automatic === null && !narrowed) {
    return { ...lists, payment_method_types: given.current?.payment_method_types ?? ['card'] };
  }
  const types = eligibleTypes({
    currency: given.currency,
    redirects: given.automatic?.allow_redirects !== 'never',
    manualCapture: given.manualCapture,
    allowed,
    excluded,
  });
  if (types.length === 0) {
    throw invalidRequest(
      'There are no valid payment method types for this request: none is left by its currency and its allowed and excluded types.',
      {
        param: allowed === null ? 'excluded_payment_method_types' : 'allowed_payment_method_types',
      },
    );
  }
  return { ...lists, payment_method_types: types };
}

function readList(params: Params, name: keyof Types, current: Types | undefined): string[] | null {
  if (!has(params, name)) return current?.[name] ?? null;
  const list = texts(params, name);
  return list === undefined || list.length === 0 ? null : list;
}

/** 400 for a method whose type the intent does not take. */
export function requireOfferedType(
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
): void {
  const types = intent.payment_method_types;
  if (types.includes(method.type)) return;
  const noun = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  throw invalidRequest(
    `The PaymentMethod provided (${method.type}) is not allowed for this ${noun}. Please attach a PaymentMethod of one of the following types: ${types.join(', ')}. Alternatively update the allowed payment_method_types for this ${noun} to include "${method.type}".`,
    {
      code: 'payment_intent_incompatible_payment_method',
      param: 'payment_method',
    },
  );
}
