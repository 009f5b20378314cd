import type Stripe from 'stripe';
import { checkCurrency } from '../check-amount.ts';
import type { Account } from '../context.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { isRedirectType } from '../method-kinds.ts';
import { readOwner } from '../owner.ts';
import { clearable, flag, hash, missing, oneOf, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { makeSetupIntent } from '../resources/build-setup-intent.ts';
import { ALLOW_REDISPLAY } from '../resources/create-payment-method.ts';
import { buildSession } from './build-session.ts';
import type { NewSession } from './build-session.ts';
import { offeredTypes } from './offered-types.ts';
import { offerTypes } from './open-session-intent.ts';
import { readBranding } from './read-branding.ts';
import {
  readAfterExpiration,
  readCollections,
  readCustomerUpdate,
  refuseDiscounts,
} from './read-collections.ts';
import { readCustomFields } from './read-custom-fields.ts';
import { readSale } from './read-line-items.ts';
import type { Sale } from './read-line-items.ts';
import { readMethodOptions } from './read-method-options.ts';
import { readPaymentData } from './read-payment-data.ts';
import {
  checkTerms,
  readConsentCollection,
  readCustomText,
  readSavedMethodOptions,
} from './read-session-texts.ts';
import { readShippingAddressCollection, readShippingOptions } from './read-shipping.ts';
import { readExpiry, readUiMode, readUrls, requireReturnUrl } from './read-urls.ts';
import type { SessionUrls } from './read-urls.ts';
import {
  checkCustomerParams,
  checkExclusive,
  checkUiMode,
  readMode,
  refuseOtherProducts,
} from './validate-session.ts';
import type { Mode } from './validate-session.ts';

/**
 * Opens a Checkout Session (stripe.md 2). In setup mode its SetupIntent exists from the start; in
 * payment mode the PaymentIntent comes with the first submission.
 */
export function createSession(account: Account, params: Params): Stripe.Checkout.Session {
  const mode = readMode(params);
  const uiMode = readUiMode(params);
  checkUiMode(account, params, uiMode);
  const urls = readUrls(params, uiMode);
  checkExclusive(params);
  checkCustomerParams(params);
  refuseOtherProducts(params);
  refuseDiscounts(params);
  const owner = readOwner(account, params) ?? null;
  const sale = mode === 'payment' ? readSale(account, params) : null;
  const currency = readCurrency(params, sale);
  const types = readTypes(params, mode, currency, urls);
  requireReturnUrl(urls, types.some(isRedirectType));
  const options = readMethodOptions(params, mode, types);
  const method = hash(params, 'payment_method_data');
  const session = buildSession(account, {
    ...readFields(account, params, mode, sale),
    ...readCollections(params, mode, uiMode),
    urls,
    owner,
    mode,
    currency,
    customer_creation: readCustomerCreation(params, mode, owner),
    payment_method_options: options.shown,
    payment_method_types: types,
  });
  const hidden = {
    lineItems: sale?.lineItems ?? [],
    payment: readPaymentData(params, options.usageByType),
    pageSecret: session.client_secret,
    returnUrl: null,
    customerUpdate: readCustomerUpdate(params),
    recoveryToken: null,
    allowRedisplay:
      method === undefined ? null : (oneOf(method, 'allow_redisplay', ALLOW_REDISPLAY) ?? null),
  };
  if (mode === 'setup') session.setup_intent = makeIntent(account, params, session, owner);
  account.ctx.store.insert(account.id, 'checkout.session', { object: session, hidden });
  return session;
}

type OwnFields = Omit<NewSession, 'currency' | 'mode' | 'owner' | 'payment_method_types' | 'urls'>;

function readFields(account: Account, params: Params, mode: Mode, sale: Sale | null): OwnFields {
  const consent = readConsentCollection(params);
  const customText = readCustomText(params);
  checkTerms(account.ctx.termsUrl, consent, customText);
  const branding = readBranding(params, account.ctx.accountName);
  const excluded = texts(params, 'excluded_payment_method_types');
  return {
    ...(sale === null ? {} : readAmounts(params, sale)),
    ...readPassedOn(params),
    after_expiration: readAfterExpiration(params),
    allowed_payment_method_types: texts(params, 'allowed_payment_method_types') ?? null,
    ...(branding === undefined ? {} : { branding_settings: branding }),
    consent_collection: consent,
    custom_fields: readCustomFields(params),
    custom_text: customText,
    ...(excluded === undefined ? {} : { excluded_payment_method_types: excluded }),
    expires_at: readExpiry(params, account.ctx.clock.seconds()),
    metadata: mergeMetadata(params),
    saved_payment_method_options: readSavedMethodOptions(params),
    shipping_address_collection: readShippingAddressCollection(params),
    submit_type:
      oneOf(params, 'submit_type', ['auto', 'book', 'donate', 'pay', 'subscribe']) ?? null,
    discounts: mode === 'setup' ? null : [],
  };
}

/** What the session shows as it came: the spec of the SDK's types has checked it. */
function readPassedOn(params: Params): Partial<Stripe.Checkout.Session> {
  const pricing = hash(params, 'adaptive_pricing');
  const wallets = hash(params, 'wallet_options');
  const link = wallets === undefined ? undefined : hash(wallets, 'link');
  const display = link === undefined ? undefined : text(link, 'display');
  const configuration = text(params, 'payment_method_configuration');
  if (configuration !== undefined && !configuration.startsWith('pmc_')) {
    throw resourceMissing(
      'payment_method_configuration',
      configuration,
      'payment_method_configuration',
      'body',
    );
  }
  return {
    adaptive_pricing: pricing === undefined ? null : { enabled: flag(pricing, 'enabled') ?? false },
    allow_promotion_codes: flag(params, 'allow_promotion_codes') ?? null,
    billing_address_collection: text(params, 'billing_address_collection') ?? null,
    client_reference_id: text(params, 'client_reference_id') ?? null,
    customer_email: text(params, 'customer_email') ?? null,
    integration_identifier: clearable(params, 'integration_identifier') ?? null,
    locale: text(params, 'locale') ?? null,
    origin_context: text(params, 'origin_context') ?? null,
    payment_method_configuration_details:
      configuration === undefined ? null : { id: configuration, parent: null },
    wallet_options: display === undefined ? null : { link: { display } },
  };
}

function readAmounts(params: Params, sale: Sale): Partial<Stripe.Checkout.Session> {
  const shipping = readShippingOptions(params, sale.currency);
  const cost = shipping.cost?.amount_total ?? 0;
  const total = sale.total + cost;
  return {
    amount_subtotal: sale.total,
    amount_total: total,
    ...(total === 0 ? { payment_status: 'no_payment_required' as const } : {}),
    shipping_cost: shipping.cost,
    shipping_options: shipping.options,
    total_details: { amount_discount: 0, amount_shipping: cost, amount_tax: 0 },
  };
}

function readCurrency(params: Params, sale: Sale | null): string | null {
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
  const allowed = texts(params, 'allowed_payment_method_types') ?? olderTypes(params);
  if (checked === null && allowed === null) throw missing('currency');
  return checked;
}

/** `payment_method_types`, which only clients of before 2026-09-30 may send: the Stripe CLI does. */
function olderTypes(params: Params): string[] | null {
  return texts(params, 'payment_method_types') ?? null;
}

function readTypes(
  params: Params,
  mode: Mode,
  currency: string | null,
  urls: SessionUrls,
): string[] {
  const data = hash(params, 'payment_intent_data');
  return offeredTypes({
    mode,
    currency,
    allowed: texts(params, 'allowed_payment_method_types') ?? olderTypes(params),
    excluded: texts(params, 'excluded_payment_method_types') ?? [],
    redirects: urls.redirectOnCompletion !== 'never',
    saving: data !== undefined && text(data, 'setup_future_usage') !== undefined,
    holding: data !== undefined && text(data, 'capture_method') === 'manual',
  });
}

function readCustomerCreation(
  params: Params,
  mode: Mode,
  owner: string | null,
): 'always' | 'if_required' | null {
  const given = oneOf(params, 'customer_creation', ['always', 'if_required']);
  if (given !== undefined) return given;
  return mode === 'payment' && owner === null ? 'if_required' : null;
}

function makeIntent(
  account: Account,
  params: Params,
  session: Stripe.Checkout.Session,
  owner: string | null,
): string {
  const data = hash(params, 'setup_intent_data') ?? { values: {}, at: 'setup_intent_data' };
  const intent = makeSetupIntent(account, {
    customer: owner,
    description: clearable(data, 'description') ?? null,
    metadata: mergeMetadata(data),
    usage: 'off_session',
    automaticPaymentMethods: null,
    sessionId: session.id,
  });
  offerTypes(account, intent, session);
  return intent.object.id;
}
