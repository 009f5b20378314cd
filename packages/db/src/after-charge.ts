/**
 * What can follow a charge: money given back, money disputed, and the link by which a shopper pays
 * what a bank refused. The same conventions as in `database.ts`.
 */
import type { Flag, Instant } from './database.ts';

/** `open`: asked for here, Stripe has not answered yet. The others are Stripe's words. */
export type RefundStatus =
  'open' | 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled' | 'refused';

export interface RefundsTable {
  id: string;
  paymentId: string;
  /** Null until Stripe has answered. */
  stripeRefundId: string | null;
  amountMinor: number;
  currency: string;
  /** Stripe's: `duplicate`, `fraudulent`, `requested_by_customer`. */
  reason: string;
  /** What staff say of it; the shopper sees it. */
  note: string;
  status: RefundStatus;
  /** Stripe's `failure_reason`, or the code with which the request was refused. */
  failureReason: string | null;
  /** Null: made elsewhere, in the Dashboard. */
  requestedByStaffId: string | null;
  /** The request of the page it was asked on: a double click is one refund. */
  requestId: string | null;
  /** The failed refund that this one tries again. */
  replacesRefundId: string | null;
  /** When the amount of a failed refund was given back in another way, as staff say. */
  settledOtherwiseAt: Instant | null;
  /** In which way; the shopper sees it. */
  settledOtherwiseNote: string | null;
  settledOtherwiseByStaffId: string | null;
  asOf: Instant;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface DisputesTable {
  id: string;
  paymentId: string;
  stripeDisputeId: string;
  stripeChargeId: string;
  /** The method that was charged, and is frozen; null where it was never on file here. */
  paymentMethodId: string | null;
  amountMinor: number;
  currency: string;
  /** Stripe's: `fraudulent`, `product_not_received`, … */
  reason: string;
  /** Stripe's: `needs_response`, `under_review`, `won`, `lost`, `warning_…`. */
  status: string;
  /** Until when evidence is taken. */
  evidenceDueAt: Instant | null;
  /** 1 while the payment may still be refunded: a bank that only asks has taken no money yet. */
  isRefundable: Flag | null;
  /** JSON of the evidence as staff have it now, by Stripe's field names; files by their Stripe id. */
  evidence: string;
  /** JSON of what the files are: an array of {@link EvidenceFile}. */
  evidenceFiles: string | null;
  /** When it was put together from what is on record; null until then. */
  evidenceCollectedAt: Instant | null;
  /** When it was last written, by staff or at first: two at once do not overwrite each other. */
  evidenceSavedAt: Instant | null;
  submittedAt: Instant | null;
  asOf: Instant;
  createdAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
}

export interface EvidenceFile {
  /** Stripe's field that names it: `receipt`, `service_documentation`, … */
  field: string;
  stripeFileId: string;
  filename: string;
  sizeBytes: number;
}

export interface RecoveryLinksTable {
  id: string;
  paymentId: string;
  /** SHA-256 (hex) of the token in the link; the token itself is never stored. */
  tokenHash: string;
  createdAt: Instant;
  expiresAt: Instant;
  revokedAt: Instant | null;
  /** Null: made by the worker with the mail of a failure. */
  createdByStaffId: string | null;
  firstOpenedAt: Instant | null;
  lastOpenedAt: Instant | null;
}

/** What staff write down for each other about a customer. */
export interface NotesTable {
  id: string;
  customerId: string;
  staffId: string;
  text: string;
  createdAt: Instant;
}
