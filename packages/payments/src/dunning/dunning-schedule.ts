import { fromAbsolute, toCalendarDate, toZoned } from '@internationalized/date';
import type { Instant } from '@onfile/db/database.ts';
import type { DeclineDecision } from './decline-policy.ts';
import { usualDunning } from './dunning-settings.ts';
import type { Ceiling, DunningSettings } from './dunning-settings.ts';

/** What a next try is planned from. */
export interface TriesSoFar {
  decision: DeclineDecision;
  /** Stripe's brand of the card: `visa`, `mastercard`, … */
  brand: string | null;
  /** Stripe's type of the method: `card`, `sepa_debit`, …; null counts as a card. */
  paymentMethodType: string | null;
  /** When this payment was tried with this card or account, in order, the declined try included. */
  tries: readonly Instant[];
  /** When the amount fell due. */
  dueAt: Instant;
  /** When the last try was declined. */
  now: Instant;
  /** The shop's: an IANA name. */
  timeZone: string;
  settings?: DunningSettings;
}

/** `triesAllowed - triesMade` tries are left: whichever of our plan and the network leaves fewer. */
export type NextTry =
  | {
      kind: 'retry';
      at: Instant;
      triesMade: number;
      triesAllowed: number;
      /** By when the payer of a debit must have been told of it; null for cards. */
      noticeBy: Instant | null;
    }
  /** Only the shopper can go on; `reason` is the decline's. */
  | { kind: 'wait_for_shopper'; reason: string }
  | { kind: 'exhausted'; reason: 'no_tries_left' | 'too_late' };

/** Tries that follow each other this closely are one for our plan; a network counts each. */
const sittingMs = 60 * 60 * 1000;

const exhausted = { kind: 'exhausted', reason: 'no_tries_left' } as const;

/**
 * Plans the next try of a declined payment, or says why there is none. It is a pure function of what
 * happened, so that a crash or a second look plans the same.
 */
export function planNextTry(so: TriesSoFar): NextTry {
  const { decision, tries, now } = so;
  if (decision.kind !== 'later') return { kind: 'wait_for_shopper', reason: decision.reason };
  const settings = so.settings ?? usualDunning;
  const plan = planOf(so, settings);
  const step = sittingsOf(tries);
  const days = plan.days[Math.max(step - 1, 0)];
  if (days === undefined) return exhausted;

  // A day more than the notice: it goes out after this answer, whatever the hour.
  const waitDays = Math.max(days, plan.noticeDays + 1);
  const morning = onDay(now, waitDays, plan.hour, so.timeZone);
  const at = byDay(Math.max(morning, earliestByRules(so, plan)), so.timeZone, settings);

  const lastDay = Math.max(so.dueAt, tries[0] ?? so.dueAt);
  if (at > onDay(lastDay, settings.mostDays, settings.dayEndsHour, so.timeZone)) {
    return { kind: 'exhausted', reason: 'too_late' };
  }
  const ours = { triesMade: step, triesAllowed: plan.days.length + 1 };
  const noticeBy =
    plan.noticeDays === 0 ? null : onDay(at, -plan.noticeDays, plan.hour, so.timeZone);
  return { kind: 'retry', at, noticeBy, ...tightest(ours, plan.ceilings, tries, at) };
}

/**
 * From when on staff may try a declined payment ahead of our plan: what the bank asked for, the networks'
 * ceilings and the notice that the payer of a debit is owed hold for them as well.
 */
export function earliestTry(so: TriesSoFar): Instant {
  const plan = planOf(so, so.settings ?? usualDunning);
  const noticed = onDay(so.now, plan.noticeDays + 1, plan.hour, so.timeZone);
  return Math.max(plan.noticeDays === 0 ? 0 : noticed, earliestByRules(so, plan));
}

function earliestByRules({ decision, tries, now }: TriesSoFar, plan: Plan): Instant {
  const free = plan.ceilings.map((ceiling) => freeAgainAt(ceiling, tries));
  return Math.max(now + (decision.waitAtLeastMs ?? 0), ...free);
}

interface Plan {
  days: readonly number[];
  hour: number;
  ceilings: readonly Ceiling[];
  noticeDays: number;
}

function planOf(so: TriesSoFar, settings: DunningSettings): Plan {
  const type = so.paymentMethodType ?? 'card';
  if (type !== 'card') {
    const noticeDays = settings.noticeDays.get(type) ?? settings.usualNoticeDays;
    return { days: settings.debitDays, hour: settings.hour, ceilings: [], noticeDays };
  }
  const ceilings = settings.ceilings.get(so.brand ?? '') ?? settings.usualCeilings;
  if (so.decision.reason !== 'insufficient_funds') {
    return { days: settings.cardDays, hour: settings.hour, ceilings, noticeDays: 0 };
  }
  const hour = freshHour(so, settings);
  return { days: settings.fundsDays, hour, ceilings, noticeDays: 0 };
}

/**
 * Where the account was empty: an hour at which it was not looked at yet. Wages and transfers arrive at
 * an hour that is the same each time, and a plan that always comes earlier would never meet them.
 */
function freshHour({ tries, timeZone }: TriesSoFar, settings: DunningSettings): number {
  const tried = new Set(tries.map((at) => fromAbsolute(at, timeZone).hour));
  return settings.fundsHours.find((hour) => !tried.has(hour)) ?? settings.hour;
}

/** A shopper who tries the same card three times in a row has not used up three days of our plan. */
function sittingsOf(tries: readonly Instant[]): number {
  let begun = -Infinity;
  return tries.filter((at) => {
    const isNew = at - begun >= sittingMs;
    if (isNew) begun = at;
    return isNew;
  }).length;
}

/** From when on one more try stays under a network's ceiling. */
function freeAgainAt(ceiling: Ceiling, tries: readonly Instant[]): Instant {
  const inTheWay = tries.at(-ceiling.tries);
  return inTheWay === undefined ? 0 : inTheWay + ceiling.withinMs;
}

interface Budget {
  triesMade: number;
  triesAllowed: number;
}

function tightest(
  ours: Budget,
  ceilings: readonly Ceiling[],
  tries: readonly Instant[],
  at: Instant,
): Budget {
  const left = ({ triesMade, triesAllowed }: Budget) => triesAllowed - triesMade;
  const networks = ceilings.map(({ tries: triesAllowed, withinMs }) => ({
    triesMade: tries.filter((tried) => tried > at - withinMs).length,
    triesAllowed,
  }));
  return networks.reduce((least, next) => (left(next) < left(least) ? next : least), ours);
}

/** So many calendar days later in the shop: a month end or a change of the clocks is the calendar's. */
function onDay(from: Instant, days: number, hour: number, timeZone: string): Instant {
  const day = toCalendarDate(fromAbsolute(from, timeZone)).add({ days });
  return toZoned(day, timeZone).set({ hour }).toDate().getTime();
}

/** The same instant by day; the next morning for one at night, when nobody could help. */
function byDay(at: Instant, timeZone: string, settings: DunningSettings): Instant {
  const { hour } = fromAbsolute(at, timeZone);
  if (hour >= settings.hour && hour < settings.dayEndsHour) return at;
  return onDay(at, hour < settings.hour ? 0 : 1, settings.hour, timeZone);
}
