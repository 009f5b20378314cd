import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { newClientSecret, newSessionId, randomText } from '../ids.ts';
import type { SessionUrls } from './validate-session.ts';
import { ownerFields } from '../owner.ts';

type NewSession = {
  urls: SessionUrls;
  mode: 'payment' | 'setup';
  amount: number | null;
  allowedTypes: string[] | null;
  clientReferenceId: string | null;
  consentCollection: Stripe.Checkout.Session.ConsentCollection | null;
  currency: string | null;
  customText: Stripe.Checkout.Session.CustomText;
  customer: string | null;
  customerCreation: 'always' | 'if_required' | null;
  customerEmail: string | null;
  expiresAt: number;
  integrationIdentifier: string | null;
  locale: Stripe.Checkout.Session.Locale | null;
  metadata: Stripe.Metadata;
  savedMethods: Stripe.Checkout.Session.SavedPaymentMethodOptions | null;
  submitType: Stripe.Checkout.Session.SubmitType | null;
};

const NO_EXTRAS = { amount_discount: 0, amount_shipping: 0, amount_tax: 0 };

/** An open Checkout Session with every field that Stripe's has (stripe.md 3.1). */
export function buildSession(account: Account, given: NewSession): Stripe.Checkout.Session {
  const id = newSessionId();
  const { urls, amount } = given;
  const hosted = urls.uiMode === 'hosted_page';
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: given.allowedTypes,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: urls.cancelUrl,
    client_reference_id: given.clientReferenceId,
    client_secret: hosted ? null : newClientSecret(id),
    collected_information: null,
    consent: null,
    consent_collection: given.consentCollection,
    created: account.ctx.clock.seconds(),
    currency: given.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: given.customText,
    ...ownerFields(given.customer),
    customer_creation: given.customerCreation,
    customer_details: null,
    customer_email: given.customerEmail,
    discounts: amount === null ? null : [],
    expires_at: given.expiresAt,
    integration_identifier: given.integrationIdentifier,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: given.locale,
    managed_payments: null,
    metadata: given.metadata,
    mode: given.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: given.mode === 'setup' ? 'always' : 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: given.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    recovered_from: null,
    ...(urls.redirectOnCompletion === null
      ? {}
      : { redirect_on_completion: urls.redirectOnCompletion }),
    ...(urls.returnUrl === null ? {} : { return_url: urls.returnUrl }),
    saved_payment_method_options: given.savedMethods,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submitType,
    subscription: null,
    success_url: urls.successUrl,
    total_details: amount === null ? null : NO_EXTRAS,
    ui_mode: urls.uiMode,
    // The fragment belongs to the address: redirect to the whole string.
    url: hosted ? `${account.ctx.baseUrl}/c/pay/${id}#${randomText(40)}` : null,
    wallet_options: null,
  };
}
