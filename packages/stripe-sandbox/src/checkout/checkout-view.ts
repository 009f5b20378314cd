import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { fixedEmail } from './fixed-email.ts';
import { lastSessionError } from './last-session-error.ts';
import type { LastSessionError } from './last-session-error.ts';
import { offeredMethods } from './offered-methods.ts';

/** What a checkout page shows of a session; nothing in it is secret to the shopper. */
export type CheckoutView = {
  id: string;
  mode: Stripe.Checkout.Session.Mode;
  ui_mode: Stripe.Checkout.Session.UiMode | null;
  status: Stripe.Checkout.Session.Status | null;
  currency: string | null;
  amount_total: number | null;
  cancel_url: string | null;
  return_url: string | null;
  success_url: string | null;
  customer_email: string | null;
  custom_text: Stripe.Checkout.Session.CustomText;
  consent_collection: Stripe.Checkout.Session.ConsentCollection | null;
  saved_payment_methods: SavedMethodView[];
  /** Whether the page shows the box "Save my payment details". */
  payment_method_save: boolean;
  account_name: string;
  line_items: LineItemView[];
  /** In the order the form offers them. */
  payment_method_types: string[];
  /** Whether saved cards have a button that removes them. */
  payment_method_remove: boolean;
  customer_email_fixed: boolean;
  billing_address_collection: Stripe.Checkout.Session.BillingAddressCollection | null;
  terms_required: boolean;
  terms_url: string | null;
  recovery_url: string | null;
  payment_status: Stripe.Checkout.Session.PaymentStatus;
  amount_subtotal: number | null;
  livemode: boolean;
  redirect_on_completion: Stripe.Checkout.Session.RedirectOnCompletion | null;
  setup_future_usage: 'on_session' | 'off_session' | null;
  submit_type: Stripe.Checkout.Session.SubmitType | null;
  last_payment_error: LastSessionError | null;
};

type LineItemView = {
  id: string;
  description: string | null;
  quantity: number | null;
  /** In the minor unit; null where a price has none. */
  unit_amount: number | null;
  amount_total: number;
};

type SavedMethodView = {
  id: string;
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
};

/** The page's view of a session, with the saved cards that its filters let through. */
export function checkoutView(account: Account, session: Stripe.Checkout.Session): CheckoutView {
  const hidden = account.ctx.store.find(account.id, 'checkout.session', session.id)?.hidden;
  const savedOptions = session.saved_payment_method_options;
  const email = fixedEmail(account, session);
  return {
    id: session.id,
    mode: session.mode,
    ui_mode: session.ui_mode,
    status: session.status,
    currency: session.currency,
    amount_total: session.amount_total,
    cancel_url: session.cancel_url,
    return_url: session.return_url ?? null,
    success_url: session.success_url,
    customer_email: email,
    custom_text: session.custom_text,
    consent_collection: session.consent_collection,
    saved_payment_methods: savedCards(account, session),
    payment_method_save: savedOptions?.payment_method_save === 'enabled',
    account_name: session.branding_settings?.display_name ?? account.ctx.accountName,
    line_items: (hidden?.lineItems ?? []).map(viewItem),
    payment_method_types: session.payment_method_types,
    payment_method_remove: savedOptions?.payment_method_remove === 'enabled',
    customer_email_fixed: email !== null,
    billing_address_collection: session.billing_address_collection,
    terms_required: session.consent_collection?.terms_of_service === 'required',
    terms_url: account.ctx.termsUrl,
    recovery_url: session.after_expiration?.recovery?.url ?? null,
    payment_status: session.payment_status,
    amount_subtotal: session.amount_subtotal,
    livemode: session.livemode,
    redirect_on_completion: session.redirect_on_completion ?? null,
    setup_future_usage: hidden?.payment.setupFutureUsage ?? null,
    submit_type: session.submit_type,
    last_payment_error: lastSessionError(account, session),
  };
}

function viewItem(item: Stripe.LineItem): LineItemView {
  return {
    id: item.id,
    description: item.description,
    quantity: item.quantity,
    unit_amount: item.price?.unit_amount ?? null,
    amount_total: item.amount_total,
  };
}

function savedCards(account: Account, session: Stripe.Checkout.Session): SavedMethodView[] {
  return offeredMethods(account, session).flatMap(({ object: { id, card } }) => {
    if (card === undefined) return [];
    const { brand, last4, exp_month, exp_year } = card;
    return [{ id, brand, last4, exp_month, exp_year }];
  });
}
