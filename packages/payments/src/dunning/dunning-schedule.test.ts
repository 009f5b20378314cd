import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeclineDecision } from './decline-policy.ts';
import { planNextTry } from './dunning-schedule.ts';
import type { NextTry, TriesSoFar } from './dunning-schedule.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const later: DeclineDecision = {
  kind: 'later',
  reason: 'processing_error',
  isSensitive: false,
  waitAtLeastMs: null,
};

/** Ten in the morning of a Tuesday in Berlin. */
const tuesday = Date.parse('2026-03-24T10:00:00+01:00');

function plan(change: Partial<TriesSoFar> = {}): NextTry {
  return planNextTry({
    decision: later,
    brand: 'visa',
    paymentMethodType: 'card',
    tries: [tuesday],
    dueAt: tuesday,
    now: tuesday,
    timeZone: 'Europe/Berlin',
    ...change,
  });
}

const at = (next: NextTry) => (next.kind === 'retry' ? new Date(next.at).toISOString() : next.kind);

describe('a card', () => {
  it('is tried the next morning at nine, within the network’s budget', () => {
    expect(plan()).toEqual({
      kind: 'retry',
      at: Date.parse('2026-03-25T09:00:00+01:00'),
      triesMade: 1,
      triesAllowed: 15,
    });
  });

  it('is tried five times at most, on days that lie further and further apart', () => {
    const tries = [tuesday];
    const gaps: number[] = [];
    for (;;) {
      const now = tries.at(-1) ?? 0;
      const next = plan({ tries, now });
      if (next.kind !== 'retry') {
        expect(next.kind).toBe('exhausted');
        break;
      }
      gaps.push(Math.round((next.at - now) / dayMs));
      tries.push(next.at);
    }
    expect(tries).toHaveLength(5);
    expect(gaps).toEqual([1, 3, 5, 7]);
  });

  it('keeps to nine o’clock when the clocks change, and at the end of a month', () => {
    const saturday = Date.parse('2026-03-28T15:00:00+01:00');
    expect(at(plan({ tries: [saturday], now: saturday }))).toBe('2026-03-29T07:00:00.000Z');
    const end = Date.parse('2026-01-30T22:00:00+01:00');
    const funds = { ...later, reason: 'insufficient_funds' };
    expect(at(plan({ decision: funds, tries: [end], now: end }))).toBe('2026-02-01T08:00:00.000Z');
  });

  it('waits as long as its network asks, and by day', () => {
    const wait = (hours: number) =>
      at(plan({ decision: { ...later, waitAtLeastMs: hours * hourMs } }));
    expect(wait(1)).toBe('2026-03-24T10:00:00.000Z');
    expect(wait(12)).toBe('2026-03-25T08:00:00.000Z');
    expect(wait(20)).toBe('2026-03-25T08:00:00.000Z');
  });

  it.each(['authenticate', 'another_method', 'never_with_this_method'] as const)(
    'is not tried again when the decision is %s',
    (kind) => {
      expect(plan({ decision: { ...later, kind } })).toEqual({ kind: 'wait_for_shopper' });
    },
  );

  it('is given up when its day is long past', () => {
    const now = tuesday + 44 * dayMs;
    expect(plan({ now, tries: [tuesday, now] }).kind).toBe('exhausted');
  });
});

describe('a bank account', () => {
  const debit = (tries: number[]) =>
    plan({
      decision: { ...later, reason: 'insufficient_funds' },
      paymentMethodType: 'sepa_debit',
      brand: null,
      tries,
      now: tries.at(-1) ?? tuesday,
    });

  it('is debited twice more at most, a week after the notice', () => {
    const first = debit([tuesday]);
    expect(first).toMatchObject({ kind: 'retry', triesMade: 1, triesAllowed: 3 });
    expect(at(first)).toBe('2026-03-31T07:00:00.000Z');
    expect(debit([tuesday, tuesday + 7 * dayMs])).toMatchObject({ kind: 'retry', triesMade: 2 });
    expect(debit([0, 7, 14].map((days) => tuesday + days * dayMs)).kind).toBe('exhausted');
  });
});

it('never plans into the past, nor above a ceiling in any 30 days, whatever is advised', () => {
  const waits = fc.constantFrom(null, hourMs, dayMs, 2 * dayMs, 10 * dayMs);
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland');
  const brands = fc.constantFrom('visa', 'mastercard', 'amex', null);
  const starts = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') });
  fc.assert(
    fc.property(
      starts,
      zones,
      brands,
      fc.array(waits, { minLength: 40 }),
      (start, timeZone, brand, advice) => {
        const tries = [start];
        for (const waitAtLeastMs of advice) {
          const now = tries.at(-1) ?? start;
          const next = plan({
            decision: { ...later, waitAtLeastMs },
            tries,
            now,
            dueAt: start,
            timeZone,
            brand,
          });
          if (next.kind !== 'retry') break;
          expect(next.at).toBeGreaterThan(now);
          expect(next.triesMade).toBeLessThan(next.triesAllowed);
          tries.push(next.at);
        }
        for (const from of tries) {
          const within = tries.filter((tried) => tried >= from && tried < from + 30 * dayMs);
          expect(within.length).toBeLessThanOrEqual(brand === 'mastercard' ? 35 : 15);
        }
      },
    ),
  );
});
