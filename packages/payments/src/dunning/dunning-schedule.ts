import { fromAbsolute, toCalendarDate, toZoned } from '@internationalized/date';
import type { Instant } from '@onfile/db/database.ts';
import type { DeclineDecision } from './decline-policy.ts';

/** What a next try is planned from. */
export interface TriesSoFar {
  decision: DeclineDecision;
  /** Stripe's brand of the card: `visa`, `mastercard`, … */
  brand: string | null;
  /** Stripe's type of the method: `card`, `sepa_debit`, … */
  paymentMethodType: string;
  /** When this payment was tried with this card or account, the declined try included. */
  tries: readonly Instant[];
  /** When the amount fell due. */
  dueAt: Instant;
  /** When the last try was declined. */
  now: Instant;
  /** The shop's: an IANA name. */
  timeZone: string;
}

/** `triesMade` of `triesAllowed`: the networks' budget for one payment with one card. */
export type NextTry =
  | { kind: 'retry'; at: Instant; triesMade: number; triesAllowed: number }
  | { kind: 'wait_for_shopper' }
  | { kind: 'exhausted' };

const dayMs = 24 * 60 * 60 * 1000;

/** Within what the networks count tries. */
const windowMs = 30 * dayMs;

/**
 * Most tries for one payment within 30 days, the first included. Visa allows 15; Mastercard 35, and 10
 * within a day, which tries days apart never reach. For the others, which publish none, Visa's.
 */
const ceilings: Readonly<Record<string, number>> = { visa: 15, mastercard: 35 };
const usualCeiling = 15;

/**
 * Days from one try to the next. Our own plan is far below the networks' ceilings: a bank that said no
 * five times within two weeks has said it.
 */
const cardPlan = [1, 3, 5, 7];
/** Where the account was empty: over a weekend at least, and past the next pay day in the end. */
const fundsPlan = [2, 3, 5, 7];

/**
 * A debit that bounced for missing funds may be presented twice more (Nacha's rule for ACH, kept for all
 * schemes). A week lies between, so that the mail that tells of it comes before each scheme's own notice:
 * two days for SEPA where that was agreed, three for BECS and Bacs.
 */
const debitPlan = [7, 7];

/** After this long nobody tries by itself any more: a person should look at it. */
const horizonMs = 45 * dayMs;

/** When a planned try is made, in the shop's day: banks are awake, and so are people. */
const tryHour = 9;
const dayEndsHour = 20;

/**
 * Plans the next try of a declined payment, or says why there is none. It is a pure function of what
 * happened, so that a crash or a second look plans the same.
 */
export function planNextTry(so: TriesSoFar): NextTry {
  const { decision, tries, now } = so;
  if (decision.kind !== 'later') return { kind: 'wait_for_shopper' };
  const isCard = so.paymentMethodType === 'card';
  const plan = planOf(decision, isCard);
  const triesAllowed = isCard ? (ceilings[so.brand ?? ''] ?? usualCeiling) : debitPlan.length + 1;
  const days = plan[tries.length - 1];
  if (days === undefined) return { kind: 'exhausted' };
  const at = instantOf(so, days);
  const triesMade = tries.filter((tried) => tried > at - windowMs).length;
  if (triesMade >= triesAllowed) return { kind: 'exhausted' };
  if (at > Math.max(so.dueAt, tries[0] ?? now) + horizonMs) return { kind: 'exhausted' };
  return { kind: 'retry', at, triesMade, triesAllowed };
}

function planOf(decision: DeclineDecision, isCard: boolean): readonly number[] {
  if (!isCard) return debitPlan;
  return decision.reason === 'insufficient_funds' ? fundsPlan : cardPlan;
}

/**
 * At nine in the shop's morning, so many of its calendar days later. Where the network names a time to
 * wait, that is kept to: the try is made when it is over, by day.
 */
function instantOf({ decision, now, timeZone }: TriesSoFar, days: number): Instant {
  if (decision.waitAtLeastMs === null) return morningOf(now, days, timeZone);
  const earliest = now + decision.waitAtLeastMs;
  const { hour } = fromAbsolute(earliest, timeZone);
  if (hour >= tryHour && hour < dayEndsHour) return earliest;
  return morningOf(earliest, hour < tryHour ? 0 : 1, timeZone);
}

function morningOf(from: Instant, days: number, timeZone: string): Instant {
  const on = toCalendarDate(fromAbsolute(from, timeZone)).add({ days });
  return toZoned(on, timeZone).set({ hour: tryHour }).toDate().getTime();
}
