import type Stripe from 'stripe';
import { idOf } from './ids.ts';
import { ownerIdOf } from './owner.ts';

/** Every kind of object the sandbox keeps, by the name in its `object` field. */
export type StoredObjects = {
  customer: Stripe.Customer;
  payment_method: Stripe.PaymentMethod;
  setup_intent: Stripe.SetupIntent;
  payment_intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  event: Stripe.EventBase;
  webhook_endpoint: Stripe.WebhookEndpoint;
  'checkout.session': Stripe.Checkout.Session;
  'v2.core.account': Stripe.V2.Core.Account;
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
  };
  setup_intent: { sessionId: string | null };
  payment_intent: {
    sessionId: string | null;
    /** When an uncaptured hold runs out, unix seconds. */
    captureBefore: number | null;
    /** The shopper ticked the save box of a checkout page. */
    saveToCustomer: boolean;
  };
  charge: Record<never, never>;
  refund: Record<never, never>;
  event: Record<never, never>;
  webhook_endpoint: { secret: string; deleted: boolean };
  'checkout.session': {
    lineItems: Stripe.LineItem[];
    /** What the PaymentIntent of a payment session will be made with. */
    payment: {
      description: string | null;
      metadata: Stripe.Metadata;
      setupFutureUsage: 'on_session' | 'off_session' | null;
      captureMethod: 'automatic_async' | 'manual';
    };
    /** Overrides what Checkout would put on the saved method. */
    allowRedisplay: 'always' | 'limited' | 'unspecified' | null;
  };
  'v2.core.account': Record<never, never>;
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
    created: createdSeconds(object.created),
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

/** When the sandbox must act on the object by itself: open sessions expire, holds run out. */
function dueAt<T extends StoredType>({ object, hidden }: Row<T>): number | null {
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
