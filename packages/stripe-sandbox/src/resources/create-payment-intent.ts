import type Stripe from 'stripe';
import { checkAmount, checkCurrency } from '../check-amount.ts';
import { refuseFromClient, requireClientSecret } from '../client-access.ts';
import type { Account } from '../context.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { mergeMetadata } from '../metadata.ts';
import {
  clearable,
  flag,
  has,
  hash,
  integer,
  missing,
  oneOf,
  requiredText,
  text,
} from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { readShipping } from './address.ts';
import { makePaymentIntent } from './build-payment-intent.ts';
import { confirmPaymentIntent } from './confirm-payment-intent.ts';
import {
  readAutomaticMethods,
  readMethod,
  readReturnUrl,
  refuseWithoutConfirm,
  requireReturnUrl,
} from './intent-params.ts';
import { defaultOptions, mergeOptions } from './intent-options.ts';
import { readTypes, requireOfferedType } from './intent-types.ts';
import { readAcceptance } from './mandates.ts';
import { withConfirmationToken } from './confirmation-tokens.ts';
import { takePaymentMethod } from './take-payment-method.ts';
import { readOwner } from '../owner.ts';

const CONFIRM_ONLY = [
  'off_session',
  'error_on_requires_action',
  'mandate',
  'mandate_data',
  'return_url',
];
/** What a browser may not decide on confirming: when the money moves, and whether anyone is there. */
const SERVER_ONLY = ['capture_method', 'error_on_requires_action', 'off_session'];
const FUTURE_USAGE = ['on_session', 'off_session'] as const;
export const CAPTURE_METHODS = ['automatic', 'automatic_async', 'manual'] as const;

/**
 * Makes a PaymentIntent and, with `confirm`, tries to collect it at once. A refused confirm leaves the
 * intent in `requires_payment_method`; only the error names it.
 */
export function createPaymentIntent(account: Account, sent: Params): Stripe.PaymentIntent {
  const params = withConfirmationToken(account, sent);
  const amount = integer(params, 'amount');
  if (amount === undefined) throw missing('amount');
  const currency = checkCurrency(requiredText(params, 'currency'));
  checkAmount(amount, currency);
  const confirming = flag(params, 'confirm') === true;
  if (!confirming) refuseWithoutConfirm(sent, CONFIRM_ONLY, 'PaymentIntent');
  const automatic = readAutomaticMethods(account, params);
  if (confirming && !isOffSession(params)) requireReturnUrl(account, automatic, params);
  const customer = readOwner(account, params);
  const method = readMethod(account, params);
  const captureMethod = oneOf(params, 'capture_method', CAPTURE_METHODS) ?? 'automatic_async';
  const row = makePaymentIntent(account, {
    amount,
    currency,
    customer: customer ?? null,
    description: clearable(params, 'description') ?? null,
    metadata: mergeMetadata(params),
    automaticPaymentMethods: automatic,
    captureMethod,
    confirmationMethod:
      oneOf(params, 'confirmation_method', ['automatic', 'manual']) ?? 'automatic',
    setupFutureUsage: readFutureUsage(params) ?? null,
    receiptEmail: clearable(params, 'receipt_email') ?? null,
    shipping: readShipping(params) ?? null,
    statementDescriptor: clearable(params, 'statement_descriptor') ?? null,
    statementDescriptorSuffix: clearable(params, 'statement_descriptor_suffix') ?? null,
    sessionId: null,
    types: readTypes(params, { currency, automatic, manualCapture: captureMethod === 'manual' }),
    options: mergeOptions(params, defaultOptions()),
  });
  row.object.transfer_group = text(params, 'transfer_group') ?? null;
  if (method !== undefined) setMethod(account, row, method.object);
  if (confirming) confirm(account, row, params, method);
  return row.object;
}

/** `setup_future_usage`: undefined when absent, null when cleared. */
export function readFutureUsage(params: Params): 'on_session' | 'off_session' | null | undefined {
  if (!has(params, 'setup_future_usage')) return undefined;
  if (clearable(params, 'setup_future_usage') === null) return null;
  return oneOf(params, 'setup_future_usage', FUTURE_USAGE);
}

/** Puts a method on an open intent, which must take its type. */
export function setMethod(
  account: Account,
  row: Row<'payment_intent'>,
  method: Stripe.PaymentMethod,
): void {
  requireOfferedType(row.object, method);
  if (row.object.payment_method !== method.id) row.hidden.authenticated = false;
  row.object.payment_method = method.id;
  row.object.status = 'requires_confirmation';
  row.object.next_action = null;
  save(account, 'payment_intent', row);
}

/** True, or one of the two words that say why the customer is absent. */
function isOffSession(params: Params): boolean {
  const value = params.values.off_session;
  if (value === 'one_off' || value === 'recurring') return true;
  return flag(params, 'off_session') === true;
}

function confirm(
  account: Account,
  row: Row<'payment_intent'>,
  params: Params,
  given: Row<'payment_method'> | undefined,
): void {
  const { object } = row;
  const current = object.payment_method;
  const method =
    given ?? (typeof current === 'string' ? takePaymentMethod(account, current) : undefined);
  if (method === undefined) {
    throw refusedByState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      {
        code: 'payment_intent_unexpected_state',
        payment_intent: structuredClone(object),
      },
    );
  }
  requireOfferedType(object, method.object);
  const options = hash(params, 'payment_method_options');
  const card = options && hash(options, 'card');
  const challengePassed = row.hidden.authenticated === true;
  row.hidden.authenticated = false;
  confirmPaymentIntent(account, row, {
    method,
    acceptance: readAcceptance(account, params),
    mandateId: text(params, 'mandate') ?? null,
    moto: (card && flag(card, 'moto')) === true,
    offSession: isOffSession(params),
    returnUrl: readReturnUrl(params, method),
    challengePassed,
    errorOnRequiresAction: flag(params, 'error_on_requires_action') === true,
  });
}

/** `POST /confirm`, by a server or by a browser with the client secret. */
export function confirmById(account: Account, id: string, sent: Params): object {
  const row = getByPath(account, 'payment_intent', id);
  requireClientSecret(account, row.object, sent);
  refuseFromClient(account, sent, SERVER_ONLY);
  requireConfirmable(account, row);
  const params = withConfirmationToken(account, sent);
  const { object } = row;
  // Once the shopper has authenticated, nothing is left to send them to.
  if (!isOffSession(params) && row.hidden.authenticated !== true) {
    requireReturnUrl(account, object.automatic_payment_methods, params);
  }
  const usage = readFutureUsage(params);
  if (object.setup_future_usage !== null && usage !== 'off_session') {
    refuseFromClient(account, params, ['setup_future_usage']);
  }
  if (usage !== undefined) object.setup_future_usage = usage;
  if (has(params, 'receipt_email'))
    object.receipt_email = clearable(params, 'receipt_email') ?? null;
  const capture = oneOf(params, 'capture_method', CAPTURE_METHODS);
  if (capture !== undefined) object.capture_method = capture;
  const shipping = readShipping(params);
  if (shipping !== undefined) object.shipping = shipping;
  object.payment_method_options = mergeOptions(params, object.payment_method_options ?? {});
  Object.assign(object, narrowedTypes(object, params));
  confirm(account, row, params, readMethod(account, params));
  return object;
}

/** The intent's types again, when a request says anything about them or about its money. */
export function narrowedTypes(
  object: Stripe.PaymentIntent,
  params: Params,
): Partial<Stripe.PaymentIntent> {
  const names = [
    'allowed_payment_method_types',
    'excluded_payment_method_types',
    'payment_method_types',
    'currency',
    'capture_method',
  ];
  if (!names.some((name) => has(params, name))) return {};
  return readTypes(params, {
    currency: object.currency,
    automatic: object.automatic_payment_methods,
    manualCapture: object.capture_method === 'manual',
    current: object,
  });
}

function requireConfirmable(account: Account, row: Row<'payment_intent'>): void {
  const { object, hidden } = row;
  if (hidden.sessionId !== null) {
    throw refusedByState(
      'This PaymentIntent belongs to a Checkout Session: it cannot be confirmed directly.',
      { code: 'payment_intent_unexpected_state' },
    );
  }
  if (object.confirmation_method === 'manual' && account.request?.access === 'publishable') {
    throw invalidRequest(
      'This PaymentIntent cannot be confirmed using your publishable key because its `confirmation_method` is set to `manual`. Please use your secret key instead.',
      { code: 'payment_intent_unexpected_state' },
    );
  }
  if (
    ['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(object.status)
  ) {
    return;
  }
  const message =
    object.status === 'succeeded' || object.status === 'requires_capture'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot confirm this PaymentIntent because it has a status of ${object.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_payment_method, requires_confirmation, requires_action.`;
  throw refusedByState(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: structuredClone(object),
  });
}
