import type Stripe from 'stripe';
import { offeredTypes } from '../checkout/offered-types.ts';
import { requireClientSecret } from '../client-access.ts';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { getByParam } from '../get-object.ts';
import { oneOf, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { listRedisplayed } from './customer-session.ts';

/** What an Elements object learns before it shows anything. Nothing in it is secret to the shopper. */
export type ElementsSession = {
  object: 'elements_session';
  payment_method_types: string[];
  saved_payment_methods: {
    id: string;
    brand: string;
    last4: string;
    exp_month: number;
    exp_year: number;
  }[];
  payment_method_save: boolean;
  payment_method_remove: boolean;
  /** What a ticked box asks for: sent as `setup_future_usage` when the intent is confirmed. */
  payment_method_save_usage: 'on_session' | 'off_session' | null;
  /** Later charges are meant, so mandates and the reuse sentence are shown. */
  reuse: boolean;
  account_name: string;
};

type Wanted = { types: string[]; reuse: boolean };

/** `GET /v1/elements/sessions`: for an intent with its client secret, or for one made later. */
export function readElementsSession(account: Account, params: Params): ElementsSession {
  const wanted = readWanted(account, params);
  const secret = text(params, 'customer_session_client_secret');
  const saved = secret === undefined ? null : listRedisplayed(account, secret);
  return {
    object: 'elements_session',
    payment_method_types: wanted.types,
    saved_payment_methods: saved?.cards ?? [],
    payment_method_save: saved?.features?.payment_method_save === 'enabled',
    payment_method_remove: saved?.features?.payment_method_remove === 'enabled',
    payment_method_save_usage: usageOf(saved?.features?.payment_method_save_usage),
    reuse: wanted.reuse,
    account_name: account.ctx.accountName,
  };
}

function usageOf(usage: string | null | undefined): ElementsSession['payment_method_save_usage'] {
  return usage === 'on_session' || usage === 'off_session' ? usage : null;
}

function readWanted(account: Account, params: Params): Wanted {
  const secret = text(params, 'client_secret');
  if (secret !== undefined) return ofIntent(account, secret, params);
  const mode = oneOf(params, 'mode', ['payment', 'setup', 'subscription']);
  // Elements without an intent and without a mode: a Card Element alone.
  if (mode === undefined) return { types: ['card'], reuse: false };
  const reuse = mode !== 'payment' || text(params, 'setup_future_usage') !== undefined;
  const types = offeredTypes({
    mode: mode === 'setup' ? 'setup' : 'payment',
    currency: text(params, 'currency') ?? null,
    allowed: texts(params, 'allowed_payment_method_types') ?? null,
    excluded: texts(params, 'excluded_payment_method_types') ?? [],
    redirects: true,
    saving: reuse,
    holding: false,
  });
  return { types, reuse };
}

function ofIntent(account: Account, secret: string, params: Params): Wanted {
  const id = secret.slice(0, Math.max(0, secret.indexOf('_secret_')));
  const intent: Stripe.PaymentIntent | Stripe.SetupIntent = id.startsWith('seti_')
    ? getByParam(account, 'setup_intent', id, 'client_secret').object
    : getByParam(account, 'payment_intent', id, 'client_secret').object;
  requireClientSecret(account, intent, params);
  if (['succeeded', 'canceled'].includes(intent.status)) {
    const noun = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
    throw invalidRequest(
      `This ${noun} is in a terminal state and cannot be used to initialize Elements. You should render a different UI.`,
      { code: `${intent.object}_unexpected_state` },
    );
  }
  return {
    types: intent.payment_method_types,
    reuse: intent.object === 'setup_intent' || intent.setup_future_usage !== null,
  };
}
