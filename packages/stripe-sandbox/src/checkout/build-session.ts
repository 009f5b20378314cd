import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { newClientSecret, newSessionId, randomText } from '../ids.ts';
import { ownerFields } from '../owner.ts';
import type { SessionUrls } from './read-urls.ts';

type Session = Stripe.Checkout.Session;

/** What differs from session to session; everything else is as in {@link buildSession}. */
export type NewSession = Partial<Session> &
  Pick<Session, 'custom_text' | 'expires_at' | 'mode' | 'payment_method_types'> & {
    urls: SessionUrls;
    owner: string | null;
  };

/** The address of a hosted page. The fragment belongs to it: redirect to the whole string. */
export function pageUrl(account: Account, sessionId: string): string {
  return `${account.ctx.baseUrl}/c/pay/${sessionId}#${randomText(40)}`;
}

/** An open Checkout Session with every field that Stripe's has (stripe.md 3.1). */
export function buildSession(account: Account, given: NewSession): Session {
  const id = newSessionId();
  const { urls, owner, ...fields } = given;
  const hosted = urls.uiMode === 'hosted_page';
  return {
    ...emptySession(id),
    created: account.ctx.clock.seconds(),
    payment_status: given.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    payment_method_collection: given.mode === 'setup' ? 'always' : 'if_required',
    ...fields,
    ...ownerFields(owner),
    cancel_url: urls.cancelUrl,
    client_secret: hosted ? null : newClientSecret(id),
    ...(urls.redirectOnCompletion === null
      ? {}
      : { redirect_on_completion: urls.redirectOnCompletion }),
    ...(urls.returnUrl === null ? {} : { return_url: urls.returnUrl }),
    success_url: urls.successUrl,
    ui_mode: urls.uiMode,
    url: hosted ? pageUrl(account, id) : null,
  };
}

function emptySession(
  id: string,
): Omit<Session, 'custom_text' | 'expires_at' | 'mode' | 'payment_method_types'> {
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: null,
    client_reference_id: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: 0,
    currency: null,
    currency_conversion: null,
    custom_fields: [],
    customer: null,
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    customer_email: null,
    discounts: null,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: {},
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_status: 'unpaid',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: null,
    total_details: null,
    ui_mode: 'hosted_page',
    url: null,
    wallet_options: null,
  };
}
