/**
 * The tables that record what was sent, received and done: calls to Stripe, its events, the audit
 * log. The same conventions as in `database.ts`.
 */
import type { Defaulted, Instant } from './database.ts';

export type OperationKind =
  | 'accept_dispute'
  | 'attach_payment_method'
  | 'cancel_refund'
  | 'capture_intent'
  | 'create_account'
  | 'create_customer'
  | 'create_intent'
  | 'create_refund'
  | 'create_session'
  | 'detach_payment_method'
  | 'raise_intent'
  | 'expire_session'
  | 'release_intent'
  | 'retire_intent'
  | 'save_evidence'
  | 'submit_evidence'
  | 'update_payment_method';
export type OperationStatus = 'open' | 'done' | 'refused';

export interface StripeOperationsTable {
  id: string;
  kind: OperationKind;
  /** Our id of the row that the call is about. */
  subjectId: string;
  idempotencyKey: string;
  request: string;
  status: OperationStatus;
  errorCode: string | null;
  sendCount: Defaulted<number>;
  createdAt: Instant;
  finishedAt: Instant | null;
  nextTryAt: Instant;
  leasedUntil: Instant | null;
  leaseHolder: string | null;
}

export const eventStatuses = ['pending', 'handled', 'ignored', 'dead'] as const;
export type EventStatus = (typeof eventStatuses)[number];

export interface StripeEventsTable {
  /** Stripe's own event id, so that a second delivery meets the primary key. */
  id: string;
  type: string;
  apiVersion: string | null;
  objectId: string | null;
  stripeCreatedAt: Instant;
  /** The raw body, byte for byte, until it is reduced. */
  payload: string;
  /** `list`: it was missed, and found in Stripe's list of events. Null: it was delivered. */
  cameBy: 'list' | null;
  receivedAt: Instant;
  status: Defaulted<EventStatus>;
  tries: Defaulted<number>;
  nextTryAt: Instant;
  leasedUntil: Instant | null;
  leaseHolder: string | null;
  handledAt: Instant | null;
  lastError: string | null;
  /** When the payload was reduced to what a replay needs; null: it is as it came. */
  reducedAt: Instant | null;
}

export interface AuditLogTable {
  id: string;
  at: Instant;
  actorKind: 'shopper' | 'staff' | 'worker' | 'stripe' | 'operator';
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  /** JSON object of facts, never of secrets. */
  details: string;
}

/** How often something was tried lately; the key says what and by whom, as a hash. */
export interface RateLimitsTable {
  key: string;
  points: number;
  expiresAt: Instant;
}

/** What was asked of Stripe in the newest second, by all processes together; see `pacing`. */
export interface PacingBucketsTable {
  /** An account of Stripe's as a whole, or one endpoint of it. */
  key: string;
  /** Seconds since 1970. */
  second: number;
  taken: number;
  /** Before it no call goes for which nobody waits; it may lie in the future. */
  nextAt: Instant;
}
