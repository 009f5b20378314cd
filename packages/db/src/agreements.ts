/**
 * What shoppers agree to, and the Checkout Sessions in which they do. The same conventions as in
 * `database.ts`.
 */
import type { Defaulted, Flag, Instant } from './database.ts';

export interface TermsVersionsTable {
  id: string;
  purpose: string;
  version: number;
  locale: string;
  /** JSON array of `{heading, text}`: the exact words, in order. */
  sections: string;
  /** SHA-256 (hex) of the canonical text, so that a stored agreement proves its words. */
  textHash: string;
  capAmountMinor: number;
  currency: string;
  /** JSON array of `{currency, capAmountMinor}`: caps in further currencies; null: there are none. */
  otherCaps: string | null;
  /** Whether it lets the shop charge while the shopper is away. */
  usage: Defaulted<'off_session' | 'on_session'>;
  /** For how many days an agreement to it holds; null: until it is withdrawn. */
  validDays: number | null;
  publishedByStaffId: string | null;
  publishedAt: Instant;
}

/** What staff are writing; published it becomes a version, which never changes. */
export interface TermsDraftsTable {
  purpose: string;
  locale: string;
  sections: string;
  capAmountMinor: number;
  currency: string;
  otherCaps: string | null;
  usage: 'off_session' | 'on_session';
  validDays: number | null;
  updatedByStaffId: string | null;
  updatedAt: Instant;
}

/** `pending`: accepted, but no payment method has been saved under it yet. */
export type AgreementStatus = 'pending' | 'active' | 'withdrawn';

export interface AgreementsTable {
  id: string;
  customerId: string;
  termsVersionId: string;
  termsHash: string;
  purpose: string;
  locale: string;
  capAmountMinor: number;
  currency: string;
  status: AgreementStatus;
  acceptedAt: Instant;
  usage: Defaulted<'off_session' | 'on_session'>;
  /** Whether the shopper also agreed to see the method again at checkout. */
  redisplay: Defaulted<Flag>;
  orderId: string | null;
  validUntil: Instant | null;
  ipAddress: string | null;
  userAgent: string | null;
  withdrawnAt: Instant | null;
}

export interface AgreementMethodsTable {
  agreementId: string;
  paymentMethodId: string;
  addedAt: Instant;
  /** `setup`: saved under it. `shopper`: chosen for it later. `merge`: took a spare's place. */
  addedBy: Defaulted<'setup' | 'shopper' | 'merge'>;
}

/** `creating`: written down, Stripe has not answered yet. */
export type CheckoutSessionStatus = 'creating' | 'open' | 'complete' | 'expired';

/**
 * `setup_failed`: the bank said no after the page was done. `method_of_another`: the method is
 * attached to another customer. `attach_refused`: Stripe would not attach it to this one.
 */
export type SessionProblem = 'attach_refused' | 'method_of_another' | 'setup_failed';

/** What is known of a method before it is saved: enough to name it. */
export interface MethodHint {
  type: string;
  brand: string | null;
  last4: string | null;
  bankName: string | null;
  wallet: string | null;
}

export interface CheckoutSessionsTable {
  id: string;
  customerId: string;
  agreementId: string | null;
  stripeSessionId: string | null;
  mode: 'setup' | 'payment';
  uiMode: 'hosted_page' | 'embedded_page' | 'elements';
  status: CheckoutSessionStatus;
  orderId: string | null;
  paymentId: string | null;
  stripeIntentId: string | null;
  /** Stripe's status of the intent, as it was last read. */
  intentStatus: string | null;
  /** JSON of a `MethodHint`: what a method is called that is still being set up. */
  methodHint: string | null;
  /** Why nothing came of the Session although it is complete. */
  problem: SessionProblem | null;
  paymentMethodId: string | null;
  expiresAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
  settledAt: Instant | null;
}
