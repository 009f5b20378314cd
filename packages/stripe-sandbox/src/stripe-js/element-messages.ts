import type { PaymentMethod, StripeError } from '@stripe/stripe-js';
import type { FormValue } from './encode-form.ts';

/** The fields that a frame of the sandbox's origin can hold. */
export type FrameKind =
  | 'payment'
  | 'card'
  | 'cardNumber'
  | 'cardExpiry'
  | 'cardCvc'
  | 'iban'
  | 'auBankAccount'
  | 'address'
  | 'contact';

export type SavedCard = {
  id: string;
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
};

/** What the Payment Element offers: read from an intent, a Checkout Session, or deferred options. */
export type PaymentOffer = {
  /** In the order of the tabs. */
  methods: string[];
  saved: SavedCard[];
  removable: boolean;
  saveBox: boolean;
  /** Later charges are meant, so mandates and the reuse sentence are shown. */
  reuse: boolean;
  merchant: string;
};

/** How a frame looks: the Appearance API's theme and variables, or a Card Element's `style`. */
export type FrameLook = {
  theme: 'stripe' | 'night' | 'flat';
  /** Values of CSS custom properties, by the Appearance API's names. */
  variables: { [name: string]: string };
};

export type FrameOptions = {
  look: FrameLook;
  placeholder?: string;
  disabled?: boolean;
  hidePostalCode?: boolean;
  layout?: 'tabs' | 'accordion';
  /** These tabs come first. */
  methodOrder?: string[];
  terms?: boolean;
  /** Billing fields that the page collects by itself, such as `email`. */
  hiddenFields?: string[];
  defaults?: { [field: string]: string };
  addressMode?: 'billing' | 'shipping';
};

export type FrameSettings = {
  kind: FrameKind;
  publishableKey: string;
  /** Shared by the elements of one Elements object, so that split card fields find each other. */
  group: string;
  options: FrameOptions;
  offer: PaymentOffer | null;
};

/** What goes into a payment method beside the fields of the frame. */
export type MethodExtras = {
  billing_details?: { [name: string]: FormValue };
  allow_redisplay?: string;
  metadata?: { [name: string]: string };
};

export type FrameAsk =
  { call: 'validate' } | { call: 'createMethod'; extras: MethodExtras } | { call: 'value' };

export type MethodAnswer =
  | { ok: true; paymentMethod: PaymentMethod | { id: string; type: string }; save: boolean }
  | { ok: false; error: StripeError };

export type ToFrame =
  | { sandboxElement: true; type: 'init'; settings: FrameSettings }
  | { sandboxElement: true; type: 'update'; options: FrameOptions }
  | { sandboxElement: true; type: 'offer'; offer: PaymentOffer }
  | { sandboxElement: true; type: 'focus' | 'blur' | 'clear' | 'collapse' }
  | { sandboxElement: true; type: 'ask'; id: number; ask: FrameAsk };

/** No message to the page holds a card number, an account number or a security code. */
export type FromFrame =
  | { sandboxElement: true; type: 'loaded' }
  | { sandboxElement: true; type: 'ready' }
  | { sandboxElement: true; type: 'resize'; height: number }
  | { sandboxElement: true; type: 'event'; name: FrameEvent; detail: object }
  | { sandboxElement: true; type: 'remove'; methodId: string }
  | { sandboxElement: true; type: 'answer'; id: number; answer: unknown };

export type FrameEvent = 'change' | 'focus' | 'blur' | 'escape' | 'carddetailschange';

function hasMark(data: unknown): data is { type: string } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'sandboxElement' in data &&
    data.sandboxElement === true &&
    'type' in data &&
    typeof data.type === 'string'
  );
}

/** A message of a frame; the receiver has checked the sender's window and origin already. */
export function readFromFrame(data: unknown): FromFrame | null {
  return hasMark(data) ? (data as FromFrame) : null;
}

/** A message of the page around; the receiver has checked that its parent window sent it. */
export function readToFrame(data: unknown): ToFrame | null {
  return hasMark(data) ? (data as ToFrame) : null;
}
