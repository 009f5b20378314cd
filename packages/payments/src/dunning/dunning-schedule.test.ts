import { parseZonedDateTime } from '@internationalized/date';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeclineDecision } from './decline-policy.ts';
import { planNextTry } from './dunning-schedule.ts';
import type { NextTry, TriesSoFar } from './dunning-schedule.ts';
import { usualDunning } from './dunning-settings.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zone = 'Europe/Berlin';

const later: DeclineDecision = {
  kind: 'later',
  reason: 'processing_error',
  isSensitive: false,
  waitAtLeastMs: null,
};
const funds: DeclineDecision = { ...later, reason: 'insufficient_funds' };

/** An instant by the shop's clock. */
const berlin = (local: string) => parseZonedDateTime(`${local}[${zone}]`).toDate().getTime();

/** Ten in the morning of a Tuesday. */
const tuesday = berlin('2026-03-24T10:00:00');

function plan(change: Partial<TriesSoFar> = {}): NextTry {
  const tries = change.tries ?? [tuesday];
  return planNextTry({
    decision: later,
    brand: 'visa',
    paymentMethodType: 'card',
    tries,
    dueAt: tuesday,
    now: tries.at(-1) ?? tuesday,
    timeZone: zone,
    ...change,
  });
}

const localTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  dateStyle: 'short',
  timeStyle: 'short',
});
const when = (next: NextTry) => (next.kind === 'retry' ? localTime.format(next.at) : next);

/** All tries of a plan that is declined to its end, and what it ended with. */
function playOut(change: Partial<TriesSoFar>): { tries: number[]; end: NextTry } {
  const tries = [tuesday];
  for (;;) {
    const end = plan({ ...change, tries });
    if (end.kind !== 'retry') return { tries, end };
    tries.push(end.at);
  }
}

describe('a card', () => {
  it('is tried the next morning at nine, within our own budget', () => {
    expect(plan()).toEqual({
      kind: 'retry',
      at: berlin('2026-03-25T09:00:00'),
      triesMade: 1,
      triesAllowed: 5,
      noticeBy: null,
    });
  });

  it('is tried five times at most, on days that lie further and further apart', () => {
    const { tries, end } = playOut({});
    expect(tries.slice(1).map((at) => localTime.format(at))).toEqual([
      '2026-03-25 09:00',
      '2026-03-28 09:00',
      '2026-04-02 09:00',
      '2026-04-09 09:00',
    ]);
    expect(end).toEqual({ kind: 'exhausted', reason: 'no_tries_left' });
  });

  it('with an empty account is tried at another hour each time', () => {
    const { tries } = playOut({ decision: funds });
    expect(tries.slice(1).map((at) => localTime.format(at))).toEqual([
      '2026-03-26 09:00',
      '2026-03-29 12:00',
      '2026-04-03 15:00',
      '2026-04-10 18:00',
    ]);
  });

  it.each([
    ['into summer time', '2026-03-28T15:00:00', '2026-03-29 09:00'],
    ['into winter time', '2026-10-24T15:00:00', '2026-10-25 09:00'],
    ['over the end of February', '2026-02-28T22:00:00', '2026-03-01 09:00'],
    ['over the end of a year', '2026-12-31T23:30:00', '2027-01-01 09:00'],
    ['after a try just after midnight', '2026-05-05T00:01:00', '2026-05-06 09:00'],
  ])('is tried on the shop’s next day %s', (_what, local, next) => {
    const at = berlin(local);
    expect(when(plan({ tries: [at], dueAt: at }))).toBe(next);
  });

  it.each([
    [1, '2026-03-25 09:00'],
    [24, '2026-03-25 10:00'],
    [35, '2026-03-26 09:00'],
    [46, '2026-03-26 09:00'],
    [240, '2026-04-03 11:00'],
  ])('waits the %i hours that its network asks for, and is not tried at night', (hours, next) => {
    expect(when(plan({ decision: { ...later, waitAtLeastMs: hours * hourMs } }))).toBe(next);
  });

  it.each(['authenticate', 'another_method', 'never_with_this_method'] as const)(
    'is not tried again when the decision is %s',
    (kind) => {
      expect(plan({ decision: { ...later, kind } })).toEqual({
        kind: 'wait_for_shopper',
        reason: 'processing_error',
      });
    },
  );

  it('loses one try of our plan to a shopper who tries three times in a row', () => {
    const tries = [0, 5, 12].map((minutes) => tuesday + minutes * 60_000);
    expect(plan({ tries })).toMatchObject({ triesMade: 1, triesAllowed: 5 });
  });

  it('shows the network’s budget where that leaves less, and waits for it', () => {
    const sitting = (count: number) =>
      Array.from({ length: count }, (_, at) => tuesday + at * 60_000);
    expect(plan({ tries: sitting(13) })).toMatchObject({ triesMade: 13, triesAllowed: 15 });
    const full = plan({ tries: sitting(15) });
    expect(full).toMatchObject({ kind: 'retry', triesMade: 14, triesAllowed: 15 });
    expect(when(full)).toBe('2026-04-23 11:00');
    expect(when(plan({ tries: sitting(10), brand: 'mastercard' }))).toBe('2026-03-25 10:00');
  });

  it('is left to people when its day is long past', () => {
    const tries = [tuesday, tuesday + 44 * dayMs];
    expect(plan({ tries })).toEqual({ kind: 'exhausted', reason: 'too_late' });
    const first = tuesday + 90 * dayMs;
    expect(plan({ tries: [first] }).kind).toBe('retry');
  });

  it('follows the settings of its shop', () => {
    const settings = { ...usualDunning, cardDays: [4], hour: 11 };
    expect(when(plan({ settings }))).toBe('2026-03-28 11:00');
    expect(plan({ settings, tries: [tuesday, tuesday + 4 * dayMs] }).kind).toBe('exhausted');
  });
});

describe('a bank account', () => {
  const debit = (tries: number[], paymentMethodType = 'sepa_debit') =>
    plan({ decision: funds, paymentMethodType, brand: null, tries });

  it('is debited twice more at most, a week apart, and its owner told in time', () => {
    expect(debit([tuesday])).toEqual({
      kind: 'retry',
      at: berlin('2026-03-31T09:00:00'),
      triesMade: 1,
      triesAllowed: 3,
      noticeBy: berlin('2026-03-29T09:00:00'),
    });
    expect(debit([0, 7].map((days) => tuesday + days * dayMs))).toMatchObject({ triesMade: 2 });
    expect(debit([0, 7, 14].map((days) => tuesday + days * dayMs)).kind).toBe('exhausted');
  });

  it.each([
    ['au_becs_debit', '2026-03-31 09:00', '2026-03-28T09:00:00'],
    ['us_bank_account', '2026-03-31 09:00', '2026-03-28T09:00:00'],
    ['a_scheme_of_next_year', '2026-04-04 09:00', '2026-03-25T09:00:00'],
  ])('of %s is debited after its scheme’s notice', (type, next, notice) => {
    const planned = debit([tuesday], type);
    expect(when(planned)).toBe(next);
    expect(planned).toMatchObject({ noticeBy: berlin(notice) });
  });
});

const anyTime = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-12-31') });
const anySituation = fc.record({
  timeZone: fc.constantFrom('UTC', zone, 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'),
  brand: fc.oneof(fc.constantFrom('visa', 'mastercard', 'amex', null, '__proto__'), fc.string()),
  paymentMethodType: fc.oneof(fc.constantFrom('card', 'sepa_debit', null), fc.string()),
});
const anyDecision = fc.record({
  kind: fc.constant('later' as const),
  reason: fc.oneof(fc.constant('insufficient_funds'), fc.string()),
  isSensitive: fc.boolean(),
  waitAtLeastMs: fc.constantFrom(null, hourMs, dayMs, 2 * dayMs, 10 * dayMs),
});

/** Whether so many tries at most lie in every stretch of that length. */
function staysUnder(tries: number[], ceiling: { tries: number; withinMs: number }): boolean {
  return tries.every((from) => {
    const within = tries.filter((at) => at >= from && at < from + ceiling.withinMs);
    return within.length <= ceiling.tries;
  });
}

describe('whatever is declined', () => {
  it('no try lies in the past, at night, or above a ceiling, with a plan that would', () => {
    // A plan without an end of its own, so that nothing but the ceilings holds it.
    const eager = { ...usualDunning, cardDays: Array.from({ length: 99 }, () => 1) };
    const decisions = fc.array(anyDecision, { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(anyTime, anySituation, decisions, (start, situation, advised) => {
        const tries = [start];
        for (const decision of advised) {
          const now = tries.at(-1) ?? start;
          const next = plan({ ...situation, decision, tries, dueAt: start, settings: eager });
          if (next.kind !== 'retry') break;
          expect(next.at - now).toBeGreaterThanOrEqual(decision.waitAtLeastMs ?? 1);
          expect(next.triesMade).toBeLessThan(next.triesAllowed);
          const hour = Number(
            new Intl.DateTimeFormat('en-GB', {
              timeZone: situation.timeZone,
              hour: '2-digit',
              hourCycle: 'h23',
            }).format(next.at),
          );
          expect(hour).toBeGreaterThanOrEqual(9);
          expect(hour).toBeLessThan(20);
          if (next.noticeBy !== null) expect(next.noticeBy).toBeGreaterThanOrEqual(now);
          tries.push(next.at);
        }
        const type = situation.paymentMethodType ?? 'card';
        const mostTries = situation.brand === 'mastercard' ? 35 : 15;
        const month = { tries: type === 'card' ? mostTries : 3, withinMs: 30 * dayMs };
        expect(staysUnder(tries, month)).toBe(true);
      }),
    );
  });

  it('a shopper’s own tries in a row never bring ours above a ceiling', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 40 });
    fc.assert(
      fc.property(anyTime, anySituation, minutes, (start, situation, after) => {
        const tries = [start, ...after.map((minute) => start + minute * 60_000)];
        tries.sort((a, b) => a - b);
        const next = plan({ ...situation, paymentMethodType: 'card', tries, dueAt: start });
        if (next.kind !== 'retry') return;
        for (const ceiling of usualDunning.ceilings.get(situation.brand ?? '') ??
          usualDunning.usualCeilings) {
          const within = tries.filter((at) => at > next.at - ceiling.withinMs);
          expect(within.length).toBeLessThan(ceiling.tries);
        }
      }),
    );
  });

  it('nothing but “later” is ever tried again', () => {
    const kinds = fc.constantFrom('authenticate', 'another_method', 'never_with_this_method');
    fc.assert(
      fc.property(kinds, anyDecision, anySituation, (kind, decision, situation) => {
        const next = plan({ ...situation, decision: { ...decision, kind } });
        expect(next).toEqual({ kind: 'wait_for_shopper', reason: decision.reason });
      }),
    );
  });

  it('a later decline or a longer wait is never tried sooner, and a further try leaves no more', () => {
    const delay = fc.integer({ min: 0, max: 3 * dayMs });
    fc.assert(
      fc.property(anyTime, anySituation, anyDecision, delay, (start, situation, decision, more) => {
        const given = { ...situation, decision, tries: [start], dueAt: start };
        const next = plan({ ...given, now: start });
        const afterMore = plan({ ...given, now: start + more });
        const waited = (decision.waitAtLeastMs ?? 0) + more;
        const afterWait = plan({ ...given, decision: { ...decision, waitAtLeastMs: waited } });
        if (next.kind !== 'retry') throw new Error('a first decline is always tried again');
        for (const other of [afterMore, afterWait]) {
          if (other.kind === 'retry') expect(other.at).toBeGreaterThanOrEqual(next.at);
        }
        const second = plan({ ...given, tries: [start, next.at], dueAt: start });
        const left = (of: NextTry) => (of.kind === 'retry' ? of.triesAllowed - of.triesMade : 0);
        expect(left(second)).toBeLessThan(left(next));
      }),
    );
  });
});
