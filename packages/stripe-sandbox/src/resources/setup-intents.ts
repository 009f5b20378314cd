import type Stripe from 'stripe';
import { answerClient, requireClientSecret, visibleTo } from '../client-access.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, has, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { makeSetupIntent } from './build-setup-intent.ts';
import { confirmSetupIntent } from './confirm-setup-intent.ts';
import {
  readAutomaticMethods,
  readMethod,
  readReturnUrl,
  refuseWithoutConfirm,
  requireReturnUrl,
} from './intent-params.ts';
import { withConfirmationToken } from './confirmation-tokens.ts';
import { mergeOptions } from './intent-options.ts';
import { readTypes, requireOfferedType } from './intent-types.ts';
import { readAcceptance } from './mandates.ts';
import { abandonSetupAttempt } from './setup-attempts.ts';
import { takePaymentMethod } from './take-payment-method.ts';
import { ownedByKnown, ownerFields, readOwner } from '../owner.ts';

const CONFIRM_ONLY = ['mandate_data', 'return_url'] as const;

/** Makes a SetupIntent and, with `confirm`, asks the bank at once. A decline leaves it open. */
function createSetupIntent(account: Account, sent: Params): Stripe.SetupIntent {
  const params = withConfirmationToken(account, sent);
  const confirming = flag(params, 'confirm') === true;
  if (!confirming) refuseWithoutConfirm(sent, CONFIRM_ONLY, 'SetupIntent');
  const automatic = readAutomaticMethods(account, params);
  if (confirming) requireReturnUrl(account, automatic, params);
  const customer = readOwner(account, params);
  const method = readMethod(account, params);
  refuseCombinations(params, { customer, method });
  const row = makeSetupIntent(account, {
    customer: customer ?? null,
    description: clearable(params, 'description') ?? null,
    metadata: mergeMetadata(params),
    usage: oneOf(params, 'usage', ['off_session', 'on_session']) ?? 'off_session',
    automaticPaymentMethods: automatic,
    sessionId: null,
    types: readTypes(params, { currency: null, automatic, manualCapture: false }),
  });
  mergeSetupOptions(row, params);
  if (method !== undefined) setMethod(account, row, method);
  if (confirming) confirm(account, row, params);
  return row.object;
}

/** What the SDK's own comments rule out: single-use cards, and a method for two owners. */
function refuseCombinations(
  params: Params,
  given: { customer: string | undefined; method: Row<'payment_method'> | undefined },
): void {
  if (has(params, 'single_use') && given.method?.object.type === 'card') {
    throw invalidRequest('A mandate for a single use does not go with a card.', {
      code: 'setup_intent_invalid_parameter',
      param: 'single_use',
    });
  }
  if (flag(params, 'attach_to_self') === true && given.customer !== undefined) {
    throw invalidRequest('`attach_to_self` does not go with a customer.', {
      code: 'setup_intent_invalid_parameter',
      param: 'attach_to_self',
    });
  }
}

/** `payment_method_options`: what 3DS is asked for, how a bank account is verified. */
function mergeSetupOptions({ object }: Row<'setup_intent'>, params: Params): void {
  object.payment_method_options = mergeOptions(params, object.payment_method_options ?? {});
}

function setMethod(
  account: Account,
  row: Row<'setup_intent'>,
  method: Row<'payment_method'>,
): void {
  requireOfferedType(row.object, method.object);
  row.object.payment_method = method.object.id;
  row.object.status = 'requires_confirmation';
  save(account, 'setup_intent', row);
}

const CONFIRMABLE_STATES = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

const PAST = { confirm: 'confirmed', cancel: 'canceled', update: 'updated' } as const;

function requireState(
  row: Row<'setup_intent'>,
  verb: keyof typeof PAST,
  states: readonly string[],
): void {
  const { status } = row.object;
  if (states.includes(status)) return;
  const message =
    verb === 'confirm' && status === 'succeeded'
      ? 'You cannot confirm this SetupIntent because it has already succeeded.'
      : `You cannot ${verb} this SetupIntent because it has a status of ${status}. Only a SetupIntent with one of the following statuses may be ${PAST[verb]}: ${states.join(', ')}.`;
  throw refusedByState(message, {
    code: 'setup_intent_unexpected_state',
    setup_intent: structuredClone(row.object),
  });
}

/** A SetupIntent of a Checkout Session belongs to its page: the session is completed or expired. */
function requireOwn(row: Row<'setup_intent'>): void {
  if (row.hidden.sessionId === null) return;
  throw refusedByState(
    'This SetupIntent belongs to a Checkout Session: it cannot be confirmed or canceled directly. Expire the Checkout Session instead.',
    { code: 'setup_intent_unexpected_state' },
  );
}

function confirm(account: Account, row: Row<'setup_intent'>, params: Params): void {
  requireState(row, 'confirm', CONFIRMABLE_STATES);
  const given = readMethod(account, params);
  const current = row.object.payment_method;
  const method =
    given ?? (typeof current === 'string' ? takePaymentMethod(account, current) : undefined);
  if (method === undefined) {
    throw refusedByState(
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
      { code: 'setup_intent_unexpected_state', setup_intent: structuredClone(row.object) },
    );
  }
  requireOfferedType(row.object, method.object);
  confirmSetupIntent(account, row, {
    method,
    acceptance: readAcceptance(account, params),
    returnUrl: readReturnUrl(params, method),
    challengePassed: false,
  });
}

function confirmById(account: Account, id: string, sent: Params): object {
  const row = getByPath(account, 'setup_intent', id);
  requireClientSecret(account, row.object, sent);
  requireOwn(row);
  const params = withConfirmationToken(account, sent);
  mergeSetupOptions(row, params);
  requireReturnUrl(account, row.object.automatic_payment_methods, params);
  confirm(account, row, params);
  return row.object;
}

function updateSetupIntent(account: Account, id: string, params: Params): Stripe.SetupIntent {
  const row = getByPath(account, 'setup_intent', id);
  const customer = readOwner(account, params);
  const method = readMethod(account, params);
  if (customer !== undefined || method !== undefined) {
    requireOwn(row);
    requireState(row, 'update', CONFIRMABLE_STATES);
  }
  if (customer !== undefined) Object.assign(row.object, ownerFields(customer));
  const description = clearable(params, 'description');
  if (description !== undefined) row.object.description = description;
  mergeSetupOptions(row, params);
  row.object.metadata = mergeMetadata(params, row.object.metadata ?? {});
  if (method !== undefined) setMethod(account, row, method);
  save(account, 'setup_intent', row);
  return row.object;
}

/** Cancels an open SetupIntent. Event: setup_intent.canceled. */
function cancelSetupIntent(
  account: Account,
  row: Row<'setup_intent'>,
  reason: 'abandoned' | 'duplicate' | 'requested_by_customer' | null,
): Stripe.SetupIntent {
  requireState(row, 'cancel', CONFIRMABLE_STATES);
  abandonSetupAttempt(account, row);
  row.object.status = 'canceled';
  row.object.cancellation_reason = reason;
  row.object.next_action = null;
  save(account, 'setup_intent', row);
  emitEvent(account, 'setup_intent.canceled', row.object);
  return row.object;
}

export const SETUP_INTENT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/setup_intents',
    answer: ({ account, params }) => createSetupIntent(account, params),
  },
  {
    method: 'GET',
    path: '/v1/setup_intents',
    answer: ({ account, params }) => {
      const method = text(params, 'payment_method');
      return listPage(account, 'setup_intent', '/v1/setup_intents', params, {
        ...ownedByKnown(account, params),
        ...(method === undefined
          ? {}
          : { matches: ({ object }) => object.payment_method === method }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/setup_intents/:id',
    access: 'any',
    answer: (call) => {
      const { object } = getByPath(call.account, 'setup_intent', pathId(call));
      requireClientSecret(call.account, object, call.params);
      return visibleTo(call.account, object);
    },
  },
  {
    method: 'POST',
    path: '/v1/setup_intents/:id',
    answer: (call) => updateSetupIntent(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/setup_intents/:id/confirm',
    more: ['client_secret'],
    access: 'any',
    json: true,
    answer: (call) =>
      answerClient(call.account, () => confirmById(call.account, pathId(call), call.params)),
  },
  {
    method: 'POST',
    path: '/v1/setup_intents/:id/cancel',
    answer: (call) => {
      const row = getByPath(call.account, 'setup_intent', pathId(call));
      requireOwn(row);
      const reasons = ['abandoned', 'duplicate', 'requested_by_customer'] as const;
      const reason = oneOf(call.params, 'cancellation_reason', reasons) ?? null;
      return cancelSetupIntent(call.account, row, reason);
    },
  },
];
