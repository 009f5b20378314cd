/**
 * The shape of Onfile's database, one interface a table, in camelCase (the `CamelCasePlugin` maps
 * to snake_case columns). Instants (`…At`) are milliseconds since 1970 in UTC; amounts
 * (`…Minor`) are integers in the currency's minor unit; `json` columns hold JSON text, because
 * that is the one form that both dialects share; flags are 0 or 1.
 */
import type { ColumnType, Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type {
  AgreementMethodsTable,
  AgreementsTable,
  CheckoutSessionsTable,
  TermsDraftsTable,
  TermsVersionsTable,
} from './agreements.ts';
import type { OutboxTable } from './mail.ts';
import type {
  AuditLogTable,
  PacingBucketsTable,
  RateLimitsTable,
  StripeEventsTable,
  StripeOperationsTable,
} from './records.ts';
import type { AttemptsTable, PaymentIntentsTable, PaymentsTable } from './payments.ts';
import type {
  DisputesTable,
  NotesTable,
  RecoveryLinksTable,
  RefundsTable,
} from './after-charge.ts';
import type {
  BackFillsTable,
  DriftFindingsTable,
  DriftRunsTable,
  EventTypesTable,
} from './truth.ts';
import type { OrderItemsTable, OrdersTable, ProductsTable } from './shop.ts';

export type Instant = number;
export type Flag = 0 | 1;
/** A column with a database default: may be left out on insert. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type StripeMode = 'sandbox' | 'test' | 'live';

export interface EnvironmentTable {
  id: 1;
  stripeMode: StripeMode;
  stripeAccountId: string | null;
  /** A hash of the key whose account was last verified: with the same key it need not be asked again. */
  keyHash: string | null;
  /** Where shoppers reach the shop, since it was first used with live keys. */
  storefrontOrigin: string | null;
  /** What a person has said of an environment that is not this database's own: that it is a copy. */
  verdict: 'copy' | null;
  /** Of which environment they said it: its mode, account and origin. */
  verdictFor: string | null;
  verdictAt: Instant | null;
  /** By whom: a member of staff's id, or `operator`. */
  verdictBy: string | null;
  recordedAt: Instant;
}

export interface CustomersTable {
  id: string;
  /** better-auth's user id; null for a guest. */
  authUserId: string | null;
  email: string;
  name: string | null;
  /** `cus_…`: this customer as a Stripe Customer. */
  stripeCustomerId: string | null;
  /** `acct_…`: this customer as an Accounts v2 account. */
  stripeAccountId: string | null;
  defaultPaymentMethodId: string | null;
  /** When the person proved, by code or link, that the address is theirs; null: never. */
  emailProvenAt: Instant | null;
  /** Of our languages the one that their browser asked for last; null: never seen. */
  locale: string | null;
  /** The account that has taken over what this guest left. */
  claimedByCustomerId: string | null;
  /** When the person was erased: what is left of them is references. */
  erasedAt: Instant | null;
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
  /** What the shopper calls it. */
  nickname: string | null;
  /** JSON of Stripe's `billing_details`. */
  billingDetails: string | null;
  /** The bank of a bank account, as Stripe names it. */
  bankName: string | null;
  /** Of a card: `apple_pay`, `google_pay`, `link`, … */
  wallet: string | null;
  /** The mandate that debits from this account go under. */
  stripeMandateId: string | null;
  /** Stripe's status of that mandate: `active`, `inactive`, `pending`; null: there is none. */
  mandateStatus: string | null;
  /** When the card's bank last sent a new number or expiry. */
  bankUpdatedAt: Instant | null;
  /** When it was last set up successfully: of two entries for one card the newer survives. */
  setUpAt: Instant | null;
  /**
   * The customer at Stripe (`cus_…`, `acct_…`) to which it is attached: not its customer's own where
   * it came with a guest's records. Null: its customer's.
   */
  stripeOwnerId: string | null;
  /** The entry that took this one's place when one card was saved twice. */
  mergedIntoId: string | null;
  /** Since when it may not be charged: a payment with it is disputed, and staff have not decided. */
  frozenAt: Instant | null;
  frozenByDisputeId: string | null;
  /** When Stripe was asked for these facts: an older answer never overwrites a newer one. */
  asOf: Defaulted<Instant>;
  status: PaymentMethodStatus;
  createdAt: Instant;
  updatedAt: Instant;
  detachedAt: Instant | null;
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

export interface Schema {
  environment: EnvironmentTable;
  customers: CustomersTable;
  paymentMethods: PaymentMethodsTable;
  termsVersions: TermsVersionsTable;
  termsDrafts: TermsDraftsTable;
  agreements: AgreementsTable;
  agreementMethods: AgreementMethodsTable;
  checkoutSessions: CheckoutSessionsTable;
  products: ProductsTable;
  orders: OrdersTable;
  orderItems: OrderItemsTable;
  payments: PaymentsTable;
  paymentIntents: PaymentIntentsTable;
  attempts: AttemptsTable;
  refunds: RefundsTable;
  disputes: DisputesTable;
  recoveryLinks: RecoveryLinksTable;
  notes: NotesTable;
  stripeOperations: StripeOperationsTable;
  stripeEvents: StripeEventsTable;
  auditLog: AuditLogTable;
  outbox: OutboxTable;
  rateLimits: RateLimitsTable;
  pacingBuckets: PacingBucketsTable;
  eventTypes: EventTypesTable;
  backFills: BackFillsTable;
  driftRuns: DriftRunsTable;
  driftFindings: DriftFindingsTable;
}

/** What every data function takes first: the database, or a transaction of it. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;
export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
