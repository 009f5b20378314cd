import type Stripe from 'stripe';
import { idOf } from './ids.ts';
import { ownerIdOf } from './owner.ts';

/** Kept under an id that Stripe does not have; for an Accounts v2 owner `customer` is null. */
type KeptCustomerSession = Omit<Stripe.CustomerSession, 'customer'> & {
  id: string;
  customer: string | null;
};
type KeptPortalSession = Omit<Stripe.BillingPortal.Session, 'customer'> & {
  customer: string | null;
};

/** Every kind of object the sandbox keeps, by the name in its `object` field. */
export type StoredObjects = {
  customer: Stripe.Customer;
  payment_method: Stripe.PaymentMethod;
  setup_intent: Stripe.SetupIntent;
  payment_intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  mandate: Stripe.Mandate;
  setup_attempt: Stripe.SetupAttempt;
  dispute: Stripe.Dispute;
  file: Stripe.File;
  balance_transaction: Stripe.BalanceTransaction;
  confirmation_token: Stripe.ConfirmationToken;
  event: Stripe.EventBase;
  webhook_endpoint: Stripe.WebhookEndpoint;
  'checkout.session': Stripe.Checkout.Session;
  'v2.core.account': Stripe.V2.Core.Account;
  product: Stripe.Product;
  price: Stripe.Price;
  coupon: Stripe.Coupon;
  subscription: Stripe.Subscription;
  customer_session: KeptCustomerSession;
  'billing_portal.session': KeptPortalSession;
};
export type StoredType = keyof StoredObjects;

/** What the sandbox knows about an object and never shows. */
export type HiddenFields = {
  customer: { deleted: boolean };
  payment_method: {
    /** Row of the test cards table that decides what the bank says. */
    behaviour: string;
    /** Set up with a passed 3DS challenge: some cards then allow off-session payments. */
    authenticated: boolean;
    /** Detached, or used once without a customer: may never be used again. */
    spent: boolean;
    /** The mandate under which a saved bank account, or a card set up with one, may be debited. */
    mandate?: string;
    /** A US bank account whose owner has shown that it is theirs. */
    verified?: boolean;
  };
  setup_intent: {
    sessionId: string | null;
    /** The mandate of a confirm that waits for the shopper. */
    mandate?: string | null;
  };
  payment_intent: {
    sessionId: string | null;
    /** When an uncaptured hold runs out, unix seconds. */
    captureBefore: number | null;
    /** The shopper ticked the save box of a checkout page. */
    saveToCustomer: boolean;
    /** When a debit in `processing` is settled by its bank, unix seconds. */
    dueAt?: number | null;
    /** The mandate of a confirm that waits for the shopper or the bank. */
    mandate?: string | null;
    /** Authenticated by the shopper, for a server's next confirm (`confirmation_method` manual). */
    authenticated?: boolean;
    /** How many times its hold was raised. */
    increments?: number;
  };
  /** The test row of the method that paid, which also says how refunds go. */
  charge: { behaviour?: string };
  /** What becomes of a refund later, and when. */
  refund: { dueAt?: number | null; becomes?: 'succeeded' | 'failed' };
  mandate: Record<never, never>;
  setup_attempt: Record<never, never>;
  /** When the bank decides, or the time to answer is over, unix seconds. */
  dispute: { dueAt?: number | null; becomes?: 'won' | 'lost' | 'warning_closed' };
  file: Record<never, never>;
  balance_transaction: Record<never, never>;
  /** The payment method is made when the token is used, or kept from where it was described. */
  confirmation_token: { method: string; used: boolean };
  event: Record<never, never>;
  webhook_endpoint: {
    secret: string;
    deleted: boolean;
    /** After a roll the former secret signs too, until then (unix seconds). */
    former?: { secret: string; until: number };
  };
  'checkout.session': {
    lineItems: Stripe.LineItem[];
    /** What the PaymentIntent of a payment session will be made with. */
    payment: {
      description: string | null;
      metadata: Stripe.Metadata;
      setupFutureUsage: 'on_session' | 'off_session' | null;
      /** `setup_future_usage` of `payment_method_options`, by type; it goes before the one above. */
      usageByType: { [type: string]: 'on_session' | 'off_session' | 'none' };
      captureMethod: 'automatic_async' | 'manual';
      receiptEmail: string | null;
      shipping: Stripe.PaymentIntent.Shipping | null;
      statementDescriptor: string | null;
      statementDescriptorSuffix: string | null;
    };
    /** The client secret, kept when the session no longer shows it: its page still proves itself. */
    pageSecret: string | null;
    /** Where an `elements` page said, on confirming, that it wants to go on to. */
    returnUrl: string | null;
    /** Which fields of the customer the session may fill in. */
    customerUpdate: { address: boolean; name: boolean };
    /** What makes the recovery link of an expired session unguessable; null: there is none. */
    recoveryToken: string | null;
    /** Overrides what Checkout would put on the saved method. */
    allowRedisplay: 'always' | 'limited' | 'unspecified' | null;
  };
  'v2.core.account': Record<never, never>;
  product: { deleted: boolean };
  price: {
    /** In answers only when expanded. */
    tiers: Stripe.Price.Tier[] | null;
    currencyOptions: { [currency: string]: Stripe.Price.CurrencyOptions };
  };
  coupon: { deleted: boolean };
  subscription: Record<never, never>;
  customer_session: Record<never, never>;
  'billing_portal.session': {
    /** Proof of whoever has the address, in its path. */
    token: string;
  };
};

export type Row<T extends StoredType> = { object: StoredObjects[T]; hidden: HiddenFields[T] };

/** The columns that lists filter by and the scheduler wakes on. */
type IndexColumns = {
  created: number;
  customer: string | null;
  payment_intent: string | null;
  kind: string | null;
  due_at: number | null;
  deleted: 0 | 1;
};

/** Reads the index columns off an object and its hidden fields. */
export function indexColumns<T extends StoredType>(type: T, row: Row<T>): IndexColumns {
  const { object } = row;
  return {
    created: 'created' in object ? createdSeconds(object.created) : 0,
    customer: 'customer' in object ? ownerIdOf(object) : null,
    payment_intent: 'payment_intent' in object ? idOf(object.payment_intent) : null,
    kind: kindOf(type, object),
    due_at: dueAt(row),
    deleted: 'deleted' in row.hidden && row.hidden.deleted ? 1 : 0,
  };
}

/** v1 objects have unix seconds, v2 objects ISO 8601. */
function createdSeconds(created: number | string): number {
  return typeof created === 'number' ? created : Math.floor(Date.parse(created) / 1000);
}

function kindOf(type: StoredType, object: StoredObjects[StoredType]): string | null {
  if (type === 'checkout.session' && 'status' in object) return object.status;
  return 'type' in object ? object.type : null;
}

/** When the sandbox must act by itself: sessions expire, holds run out, debits and refunds settle. */
function dueAt<T extends StoredType>({ object, hidden }: Row<T>): number | null {
  if ('dueAt' in hidden && hidden.dueAt !== undefined && hidden.dueAt !== null) return hidden.dueAt;
  if (object.object === 'checkout.session' && object.status === 'open') return object.expires_at;
  if (
    object.object === 'payment_intent' &&
    object.status === 'requires_capture' &&
    'captureBefore' in hidden
  ) {
    return hidden.captureBefore;
  }
  return null;
}
