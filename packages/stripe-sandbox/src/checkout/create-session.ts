import type Stripe from 'stripe';
import { checkCurrency } from '../check-amount.ts';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, hash, missing, oneOf, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { makeSetupIntent } from '../resources/build-setup-intent.ts';
import { readFutureUsage } from '../resources/create-payment-intent.ts';
import { ALLOW_REDISPLAY } from '../resources/create-payment-method.ts';
import type { HiddenFields } from '../stored-objects.ts';
import { buildSession } from './build-session.ts';
import { readSale } from './read-line-items.ts';
import type { Sale } from './read-line-items.ts';
import {
  readConsentCollection,
  readCustomText,
  readSavedMethodOptions,
} from './read-session-texts.ts';
import { checkCustomerParams, readExpiry, readMode, readUrls } from './validate-session.ts';
import { ownerIdOf, readOwner } from '../owner.ts';

/**
 * Opens a Checkout Session (stripe.md 2). In setup mode its SetupIntent exists from the start; in
 * payment mode the PaymentIntent comes with the first submission.
 */
export function createSession(account: Account, params: Params): Stripe.Checkout.Session {
  const mode = readMode(params);
  const urls = readUrls(params);
  checkCustomerParams(params);
  const customer = readOwner(account, params) ?? null;
  const sale = mode === 'payment' ? readSale(params) : null;
  const allowedTypes = texts(params, 'allowed_payment_method_types') ?? null;
  if (allowedTypes !== null && !allowedTypes.includes('card')) {
    throw invalidRequest('The sandbox has cards only: allow card.', {
      param: 'allowed_payment_method_types',
    });
  }
  const session = buildSession(account, {
    urls,
    mode,
    amount: sale?.total ?? null,
    allowedTypes,
    clientReferenceId: text(params, 'client_reference_id') ?? null,
    consentCollection: readConsentCollection(params),
    currency: readCurrency(params, sale, allowedTypes),
    customText: readCustomText(params),
    customer,
    customerCreation: readCustomerCreation(params, mode, customer),
    customerEmail: text(params, 'customer_email') ?? null,
    expiresAt: readExpiry(params, account.ctx.clock.seconds()),
    integrationIdentifier: clearable(params, 'integration_identifier') ?? null,
    locale: text(params, 'locale') ?? null,
    metadata: mergeMetadata(params),
    savedMethods: readSavedMethodOptions(params),
    submitType: oneOf(params, 'submit_type', ['auto', 'book', 'donate', 'pay']) ?? null,
  });
  if (mode === 'setup') {
    session.setup_intent = makeIntent(account, params, session);
  }
  const hidden = readHidden(params, sale);
  account.ctx.store.insert(account.id, 'checkout.session', { object: session, hidden });
  return session;
}

function readCurrency(
  params: Params,
  sale: Sale | null,
  allowedTypes: string[] | null,
): string | null {
  const currency = text(params, 'currency');
  const checked = currency === undefined ? null : checkCurrency(currency);
  if (sale !== null) {
    if (checked !== null && checked !== sale.currency) {
      throw invalidRequest('`currency` must be the currency of the line items.', {
        param: 'currency',
      });
    }
    return sale.currency;
  }
  if (checked === null && allowedTypes === null) throw missing('currency');
  return checked;
}

function readCustomerCreation(
  params: Params,
  mode: 'payment' | 'setup',
  customer: string | null,
): 'always' | 'if_required' | null {
  const given = oneOf(params, 'customer_creation', ['always', 'if_required']);
  if (given !== undefined) return given;
  return mode === 'payment' && customer === null ? 'if_required' : null;
}

function makeIntent(account: Account, params: Params, session: Stripe.Checkout.Session): string {
  const data = hash(params, 'setup_intent_data') ?? { values: {}, at: 'setup_intent_data' };
  const intent = makeSetupIntent(account, {
    customer: ownerIdOf(session),
    description: clearable(data, 'description') ?? null,
    metadata: mergeMetadata(data),
    usage: 'off_session',
    automaticPaymentMethods: null,
    sessionId: session.id,
  });
  return intent.object.id;
}

function readHidden(params: Params, sale: Sale | null): HiddenFields['checkout.session'] {
  const data = hash(params, 'payment_intent_data') ?? { values: {}, at: 'payment_intent_data' };
  const method = hash(params, 'payment_method_data');
  const capture = oneOf(data, 'capture_method', ['automatic', 'automatic_async', 'manual']);
  return {
    lineItems: sale?.lineItems ?? [],
    payment: {
      description: clearable(data, 'description') ?? null,
      metadata: mergeMetadata(data),
      setupFutureUsage: readFutureUsage(data) ?? null,
      captureMethod: capture === 'manual' ? 'manual' : 'automatic_async',
    },
    allowRedisplay:
      method === undefined ? null : (oneOf(method, 'allow_redisplay', ALLOW_REDISPLAY) ?? null),
  };
}
