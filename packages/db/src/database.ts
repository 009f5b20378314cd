/**
 * The shape of Onfile's database, one interface a table, in camelCase (the `CamelCasePlugin` maps
 * to snake_case columns). Instants (`…At`) are milliseconds since 1970 in UTC; amounts
 * (`…Minor`) are integers in the currency's minor unit; `json` columns hold JSON text, because
 * that is the one form that both dialects share; flags are 0 or 1.
 */
import type { ColumnType, Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { AuditLogTable, StripeEventsTable, StripeOperationsTable } from './records.ts';

export type Instant = number;
type Flag = 0 | 1;
/** A column with a database default: may be left out on insert. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type StripeMode = 'sandbox' | 'test' | 'live';

export interface EnvironmentTable {
  id: 1;
  stripeMode: StripeMode;
  stripeAccountId: string | null;
  recordedAt: Instant;
}

export interface CustomersTable {
  id: string;
  /** better-auth's user id; null for a guest. */
  authUserId: string | null;
  email: string;
  name: string | null;
  stripeCustomerId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** `detaching`: Onfile has decided, Stripe has not confirmed yet. */
export type PaymentMethodStatus = 'attached' | 'detaching' | 'detached';

export interface PaymentMethodsTable {
  id: string;
  customerId: string;
  stripePaymentMethodId: string;
  type: string;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
  funding: string | null;
  country: string | null;
  fingerprint: string | null;
  allowRedisplay: string | null;
  status: PaymentMethodStatus;
  createdAt: Instant;
  updatedAt: Instant;
  detachedAt: Instant | null;
}

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
  publishedAt: Instant;
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
  ipAddress: string | null;
  userAgent: string | null;
  withdrawnAt: Instant | null;
}

export interface AgreementMethodsTable {
  agreementId: string;
  paymentMethodId: string;
  addedAt: Instant;
}

/** `creating`: written down, Stripe has not answered yet. */
export type CheckoutSessionStatus = 'creating' | 'open' | 'complete' | 'expired';

export interface CheckoutSessionsTable {
  id: string;
  customerId: string;
  agreementId: string | null;
  stripeSessionId: string | null;
  mode: 'setup' | 'payment';
  uiMode: 'hosted_page' | 'embedded_page' | 'elements';
  status: CheckoutSessionStatus;
  paymentMethodId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  settledAt: Instant | null;
}

export type PaymentKind = 'full' | 'deposit' | 'balance' | 'fee' | 'hold';

/** Stripe's words, and two of ours: `scheduled` (not due yet) and `uncollectible` (given up). */
export type PaymentStatus =
  | 'scheduled'
  | 'requires_payment_method'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled'
  | 'uncollectible';

export interface PaymentsTable {
  id: string;
  customerId: string;
  agreementId: string | null;
  paymentMethodId: string | null;
  kind: PaymentKind;
  amountMinor: number;
  amountReceivedMinor: Defaulted<number>;
  currency: string;
  reason: string;
  status: PaymentStatus;
  dueAt: Instant;
  chargeRequestId: string | null;
  createdByStaffId: string | null;
  /** The earlier payment that staff were warned of and went past. */
  duplicateOfPaymentId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  settledAt: Instant | null;
}

export interface PaymentIntentsTable {
  id: string;
  paymentId: string;
  stripePaymentIntentId: string;
  status: string;
  amountReceivedMinor: number;
  latestChargeId: string | null;
  supersededAt: Instant | null;
  /** When Stripe was asked for what this row says: an older answer never overwrites a newer one. */
  asOf: Instant;
  createdAt: Instant;
  updatedAt: Instant;
}

/** `open`: being sent or not known yet; everything else is final for this attempt. */
export type AttemptStatus =
  | 'open'
  | 'succeeded'
  | 'authorized'
  | 'processing'
  | 'requires_action'
  | 'declined'
  | 'canceled'
  | 'rejected';

export interface AttemptsTable {
  id: string;
  paymentId: string;
  number: number;
  paymentMethodId: string;
  status: AttemptStatus;
  /** 1 while Stripe's answer is missing or said nothing about the outcome. */
  unknown: Defaulted<Flag>;
  idempotencyKey: string;
  /** The exact request as JSON, written before it is sent; a resend uses nothing else. */
  request: string;
  errorCode: string | null;
  declineCode: string | null;
  adviceCode: string | null;
  networkDeclineCode: string | null;
  stripeChargeId: string | null;
  stripeRequestId: string | null;
  sendCount: Defaulted<number>;
  startedAt: Instant;
  finishedAt: Instant | null;
  /** Earliest moment for the worker to ask or resend while the attempt is open. */
  nextTryAt: Instant;
  leasedUntil: Instant | null;
  leaseHolder: string | null;
}

export interface Schema {
  environment: EnvironmentTable;
  customers: CustomersTable;
  paymentMethods: PaymentMethodsTable;
  termsVersions: TermsVersionsTable;
  agreements: AgreementsTable;
  agreementMethods: AgreementMethodsTable;
  checkoutSessions: CheckoutSessionsTable;
  payments: PaymentsTable;
  paymentIntents: PaymentIntentsTable;
  attempts: AttemptsTable;
  stripeOperations: StripeOperationsTable;
  stripeEvents: StripeEventsTable;
  auditLog: AuditLogTable;
}

/** What every data function takes first: the database, or a transaction of it. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;
export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
