import type Stripe from 'stripe';
import { checkAmount, checkCurrency } from '../check-amount.ts';
import { answerClient, requireClientSecret, visibleTo } from '../client-access.ts';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, has, integer, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { readShipping } from './address.ts';
import { cancelPaymentIntent, capturePaymentIntent } from './capture-payment-intent.ts';
import {
  CAPTURE_METHODS,
  confirmById,
  createPaymentIntent,
  narrowedTypes,
  readFutureUsage,
  setMethod,
} from './create-payment-intent.ts';
import { incrementAuthorization } from './increment-authorization.ts';
import { mergeOptions } from './intent-options.ts';
import { readMethod } from './intent-params.ts';
import { ownedByKnown, ownerFields, readOwner } from '../owner.ts';

const OPEN_STATES = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const ALWAYS_CHANGEABLE = new Set(['metadata', 'description', 'expand']);
/** What a Checkout Session decides for the intent it pays with: its total, its buyer, their method. */
const OF_THE_SESSION = [
  'amount',
  'currency',
  'customer',
  'customer_account',
  'payment_method',
  'payment_method_data',
  'capture_method',
  'setup_future_usage',
];

function updatePaymentIntent(account: Account, id: string, params: Params): Stripe.PaymentIntent {
  const row = getByPath(account, 'payment_intent', id);
  const { object } = row;
  const fixed = Object.keys(params.values).find((name) => !ALWAYS_CHANGEABLE.has(name));
  if (fixed !== undefined && !OPEN_STATES.includes(object.status)) {
    throw refusedByState(
      `This PaymentIntent's ${fixed} could not be updated because it has a status of ${object.status}. You may only update the ${fixed} of a PaymentIntent with one of the following statuses: ${OPEN_STATES.join(', ')}.`,
      {
        code: 'payment_intent_unexpected_state',
        payment_intent: structuredClone(object),
      },
    );
  }
  const decided = OF_THE_SESSION.find((name) => has(params, name));
  if (row.hidden.sessionId !== null && decided !== undefined) {
    throw refusedByState(
      `You cannot update the ${decided} of this PaymentIntent: it belongs to a Checkout Session.`,
      { code: 'payment_intent_unexpected_state', param: decided },
    );
  }
  const before = { amount: object.amount, currency: object.currency };
  applyUpdate(account, object, params);
  if (object.amount !== before.amount || object.currency !== before.currency) askAgain(row);
  const method = readMethod(account, params);
  if (method !== undefined) setMethod(account, row, method.object);
  else if (clearable(params, 'payment_method') === null) {
    object.payment_method = null;
    object.status = 'requires_payment_method';
  }
  save(account, 'payment_intent', row);
  return object;
}

/** What the shopper has authenticated, or is about to, was another amount. */
function askAgain({ object, hidden }: Row<'payment_intent'>): void {
  hidden.authenticated = false;
  if (object.status !== 'requires_action') return;
  object.status = 'requires_confirmation';
  object.next_action = null;
}

function applyUpdate(account: Account, object: Stripe.PaymentIntent, params: Params): void {
  const currency = text(params, 'currency');
  const amount = integer(params, 'amount');
  if (currency !== undefined) object.currency = checkCurrency(currency);
  if (amount !== undefined) object.amount = amount;
  if (amount !== undefined || currency !== undefined) checkAmount(object.amount, object.currency);
  const customer = readOwner(account, params);
  if (customer !== undefined) Object.assign(object, ownerFields(customer));
  for (const name of [
    'description',
    'receipt_email',
    'statement_descriptor',
    'statement_descriptor_suffix',
  ] as const) {
    const value = clearable(params, name);
    if (value !== undefined) object[name] = value;
  }
  const usage = readFutureUsage(params);
  if (usage !== undefined) object.setup_future_usage = usage;
  const capture = oneOf(params, 'capture_method', CAPTURE_METHODS);
  if (capture !== undefined) object.capture_method = capture;
  const shipping = readShipping(params);
  if (shipping !== undefined) object.shipping = shipping;
  object.transfer_group = text(params, 'transfer_group') ?? object.transfer_group;
  object.payment_method_options = mergeOptions(params, object.payment_method_options ?? {});
  Object.assign(object, narrowedTypes(object, params));
  object.metadata = mergeMetadata(params, object.metadata);
}

export const PAYMENT_INTENT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/payment_intents',
    answer: ({ account, params }) => createPaymentIntent(account, params),
  },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    answer: ({ account, params }) => {
      return listPage(
        account,
        'payment_intent',
        '/v1/payment_intents',
        params,
        ownedByKnown(account, params),
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/payment_intents/:id',
    access: 'any',
    answer: (call) => {
      const { object } = getByPath(call.account, 'payment_intent', pathId(call));
      requireClientSecret(call.account, object, call.params);
      return visibleTo(call.account, object);
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id',
    answer: (call) => updatePaymentIntent(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/confirm',
    more: ['client_secret'],
    access: 'any',
    json: true,
    answer: (call) =>
      answerClient(call.account, () => confirmById(call.account, pathId(call), call.params)),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/capture',
    answer: (call) => {
      const row = getByPath(call.account, 'payment_intent', pathId(call));
      return capturePaymentIntent(call.account, row, call.params);
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/increment_authorization',
    answer: (call) => incrementAuthorization(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    answer: (call) => {
      const reasons = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
      const reason = oneOf(call.params, 'cancellation_reason', reasons) ?? null;
      const row = getByPath(call.account, 'payment_intent', pathId(call));
      return cancelPaymentIntent(call.account, row, reason);
    },
  },
];
