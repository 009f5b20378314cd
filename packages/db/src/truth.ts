/**
 * The tables by which we know that nothing was missed: what was fetched from Stripe's list of events,
 * and where what we hold differed from what Stripe says. The same conventions as in `database.ts`.
 */
import type { Defaulted, Flag, Instant } from './database.ts';

/** When each type of event last came: the newest is enough to see that one has stopped coming. */
export interface EventTypesTable {
  type: string;
  lastEventId: string;
  lastReceivedAt: Instant;
}

/** A piece of work that a worker takes page by page, from its stored cursor. */
interface Resumable {
  status: 'open' | 'done';
  /**
   * After which of Stripe's objects, or of our rows, the next page begins; null: at the first. Of a sample
   * that is done: after which customer the next sample begins.
   */
  cursor: string | null;
  tries: number;
  createdAt: Instant;
  finishedAt: Instant | null;
  nextTryAt: Instant;
  leasedUntil: Instant | null;
  leaseHolder: string | null;
  /** Of one that is done: why it did not come to its end. */
  lastError: string | null;
}

/** Stripe's list of events between two instants, read into the inbox. */
export interface BackFillsTable extends Resumable {
  id: string;
  reason: 'schedule' | 'by_hand';
  fromAt: Instant;
  toAt: Instant;
  /** Events of the list so far, and how many of those had never come. */
  seen: number;
  missed: number;
}

/** Which part of a comparison is under way. */
export type DriftStep = 'unknown_intents' | 'intents' | 'refunds' | 'methods';

/** One comparison of what we hold with what Stripe says. */
export interface DriftRunsTable extends Resumable {
  id: string;
  extent: 'sample' | 'full';
  /** Whether what differs is settled by what Stripe says, through the door. */
  isRepairing: Flag;
  step: DriftStep;
  /** Rows compared so far, and how many there were when it began. */
  checked: number;
  total: number;
  /** Who asked for it; null: the schedule. */
  requestedBy: string | null;
}

/**
 * `intent_stray` is no drift: the intent bears our mark, and neither its payment nor its customer is
 * known here. It is another installation's at the same Stripe account, or was lost with both of them.
 */
export type DriftKind =
  | 'method_missing_here'
  | 'method_gone_at_stripe'
  | 'method_differs'
  | 'intent_differs'
  | 'intent_unknown_here'
  | 'intent_stray'
  | 'refund_differs'
  | 'refund_unknown_here';

/** Why the two differ, as far as the ledger of events can tell. */
export type DriftWhy = 'no_event_came' | 'event_waits' | 'event_is_dead' | 'event_was_handled';

export interface DriftFindingsTable {
  id: string;
  runId: string;
  kind: DriftKind;
  subjectKind: 'payment_method' | 'payment' | 'refund' | 'customer';
  subjectId: string | null;
  stripeId: string;
  /** What we hold and what Stripe says, as short words: `requires_capture`, `succeeded`. */
  ours: string | null;
  stripes: string | null;
  /** Since when they differ, as far as Stripe or the ledger says. */
  since: Instant | null;
  why: DriftWhy;
  /** The event that should have told it. */
  eventId: string | null;
  foundAt: Instant;
  repairedAt: Defaulted<Instant | null>;
  repairError: Defaulted<string | null>;
}
