import type Stripe from 'stripe';
import type { Account } from '../context.ts';

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
  line_items: { description: string | null; quantity: number | null; amount_total: number }[];
};
export type SavedMethodView = {
  id: string;
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
};

export declare function checkoutView(
  account: Account,
  session: Stripe.Checkout.Session,
): CheckoutView;
