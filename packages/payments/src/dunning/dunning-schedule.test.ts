import { parseZonedDateTime } from '@internationalized/date';
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
