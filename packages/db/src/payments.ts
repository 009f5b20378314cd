/**
 * Amounts owed and what was tried to collect them. The same conventions as in `database.ts`.
 */
import type {
  AttemptStatus,
  Defaulted,
  Flag,
  Instant,
  PaymentKind,
  PaymentStatus,
} from './database.ts';

/**
 * What happens to a payment next. `charge`: the worker charges it at `chargeAt`. `shopper`, `staff`:
 * one of them has to act. Null: it is over, or Stripe is at work on it and will tell.
 */
export type NextStep = 'charge' | 'shopper' | 'staff';

/** `renew`: once the bank has let the funds go, they are held again on the saved method. */
export type HoldEnd = 'release' | 'capture' | 'renew';

export interface PaymentsTable {
  id: string;
  customerId: string;
  agreementId: string | null;
  orderId: string | null;
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
  nextStep: NextStep | null;
  /** Why that is next: a reason of the decline policy, or one of our own (`paused`, `method_needed`). */
  nextStepReason: string | null;
  /** When the worker charges it; null unless that is the next step. */
  chargeAt: Instant | null;
  /** How often its card was tried within the networks' window, and how often it may be. */
  triesMade: number | null;
  triesAllowed: number | null;
  /** Staff have stopped it until they let it go on. */
  pausedAt: Instant | null;
  /** When its shopper last opened a step to pay it: for 30 minutes the worker stays away. */
  shopperStepAt: Instant | null;
  /** Of held funds: the bank lets them go then (Stripe's `capture_before`). */
  captureBefore: Instant | null;
  /** What is done with held funds at the end of their time. */
  holdEnd: HoldEnd | null;
  leasedUntil: Instant | null;
  leaseHolder: string | null;
}

export interface PaymentIntentsTable {
  id: string;
  paymentId: string;
  stripePaymentIntentId: string;
  status: string;
  amountReceivedMinor: number;
  latestChargeId: string | null;
  /** Stripe's `setup_future_usage`, which must be gone before an off-session confirm. */
  futureUsage: string | null;
  supersededAt: Instant | null;
  /** When Stripe was asked for what this row says: an older answer never overwrites a newer one. */
  asOf: Instant;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface AttemptsTable {
  id: string;
  paymentId: string;
  number: number;
  paymentMethodId: string;
  status: AttemptStatus;
  /** 1 while Stripe's answer is missing or said nothing about the outcome. */
  unknown: Defaulted<Flag>;
  /** 0 once Stripe has said that sending the request again is of no use: it is only asked then. */
  mayResend: Defaulted<Flag>;
  idempotencyKey: string;
  /** The exact request as JSON, written before it is sent; a resend uses nothing else. */
  request: string;
  errorCode: string | null;
  declineCode: string | null;
  adviceCode: string | null;
  networkDeclineCode: string | null;
  networkAdviceCode: string | null;
  /** Of the card that was tried: the networks count tries by card. */
  cardFingerprint: string | null;
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
