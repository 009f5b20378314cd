import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByParam, getByPath, save } from '../get-object.ts';
import { newId } from '../ids.ts';
import { ownerFields, ownerIdOf } from '../owner.ts';
import { has, missing, oneOf, text, url } from '../params.ts';
import type { ParamTree, Params } from '../params.ts';
import { readShipping } from './address.ts';
import { readMethod } from './intent-params.ts';
import { readAcceptance } from './mandates.ts';

/** A token is good for this long, in seconds. */
const LIFETIME = 12 * 60 * 60;

/** What a form has collected, before anything is confirmed with it. */
function createToken(account: Account, params: Params): Stripe.ConfirmationToken {
  const method = readMethod(account, params);
  if (method === undefined) throw missing('payment_method_data');
  const acceptance = readAcceptance(account, params);
  const shipping = readShipping(params);
  const { seconds } = account.ctx.clock;
  const { object: shown } = method;
  const object: Stripe.ConfirmationToken = {
    id: newId('ctoken'),
    object: 'confirmation_token',
    created: seconds(),
    expires_at: seconds() + LIFETIME,
    livemode: false,
    mandate_data:
      acceptance === null
        ? null
        : {
            customer_acceptance: { online: acceptance.online ?? null, type: acceptance.type },
          },
    metadata: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: {
      ...previewOf(shown),
      billing_details: shown.billing_details,
      ...ownerFields(ownerIdOf(shown)),
      type: shown.type,
    },
    return_url: url(params, 'return_url') ?? null,
    setup_future_usage: oneOf(params, 'setup_future_usage', ['off_session', 'on_session']) ?? null,
    setup_intent: null,
    shipping:
      shipping?.address === undefined
        ? null
        : { address: shipping.address, name: shipping.name ?? '', phone: shipping.phone ?? null },
    use_stripe_sdk: true,
  };
  const row = { object, hidden: { method: shown.id, used: false } };
  account.ctx.store.insert(account.id, 'confirmation_token', row);
  return object;
}

function previewOf(
  method: Stripe.PaymentMethod,
): Partial<Stripe.ConfirmationToken.PaymentMethodPreview> {
  const { type } = method;
  const details: { [name: string]: unknown } = { ...method };
  return { [type]: details[type] };
}

/**
 * A request's parameters with what its `confirmation_token` stands for, once. The request's own come
 * first. 400 with `payment_method` beside it, or for a token that was used or is too old.
 */
export function withConfirmationToken(account: Account, params: Params): Params {
  const id = text(params, 'confirmation_token');
  if (id === undefined) return params;
  if (has(params, 'payment_method') || has(params, 'payment_method_data')) {
    throw invalidRequest(
      'You may only specify one of these parameters: payment_method, confirmation_token.',
      { code: 'parameters_exclusive', param: 'confirmation_token' },
    );
  }
  const row = getByParam(account, 'confirmation_token', id, 'confirmation_token');
  const { object, hidden } = row;
  if (hidden.used || (object.expires_at ?? 0) <= account.ctx.clock.seconds()) {
    throw refusedByState(`The ConfirmationToken ${id} was used already, or it has expired.`, {
      param: 'confirmation_token',
    });
  }
  hidden.used = true;
  save(account, 'confirmation_token', row);
  return {
    ...params,
    values: { ...fromToken(object), ...params.values, payment_method: hidden.method },
  };
}

function fromToken(token: Stripe.ConfirmationToken): ParamTree {
  const acceptance = token.mandate_data?.customer_acceptance;
  return {
    use_stripe_sdk: String(token.use_stripe_sdk),
    ...(token.return_url === null ? {} : { return_url: token.return_url }),
    ...(token.setup_future_usage === null ? {} : { setup_future_usage: token.setup_future_usage }),
    ...(token.shipping === null ? {} : { shipping: { ...token.shipping } }),
    ...(acceptance === undefined
      ? {}
      : {
          mandate_data: {
            customer_acceptance: {
              type: acceptance.type,
              ...(acceptance.online === null ? {} : { online: { ...acceptance.online } }),
            },
          },
        }),
  };
}

/** What Stripe.js sends, which the SDK does not type. */
const BROWSER_PARAMS = [
  'mandate_data',
  'payment_method',
  'payment_method_data',
  'return_url',
  'setup_future_usage',
  'shipping',
];

export const CONFIRMATION_TOKEN_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/confirmation_tokens',
    access: 'any',
    more: BROWSER_PARAMS,
    json: true,
    answer: ({ account, params }) => createToken(account, params),
  },
  {
    method: 'POST',
    path: '/v1/test_helpers/confirmation_tokens',
    answer: ({ account, params }) => createToken(account, params),
  },
  {
    method: 'GET',
    path: '/v1/confirmation_tokens/:id',
    answer: (call) => getByPath(call.account, 'confirmation_token', pathId(call)).object,
  },
];
