import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planNextTry } from './dunning-schedule.ts';
import type { NextTry, TriesSoFar } from './dunning-schedule.ts';
import { usualDunning } from './dunning-settings.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Asked when the last try was declined, unless told otherwise. */
function plan(so: Omit<TriesSoFar, 'now'> & { now?: number }): NextTry {
  return planNextTry({ now: so.tries.at(-1) ?? so.dueAt, ...so });
}

const anyTime = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-12-31') });
const anySituation = fc.record({
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Auckland',
    'Asia/Kathmandu',
  ),
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
      fc.property(
        anyTime,
        anySituation,
        anyDecision,
        minutes,
        (start, situation, decision, after) => {
          const tries = [start, ...after.map((minute) => start + minute * 60_000)];
          tries.sort((a, b) => a - b);
          const card = { ...situation, paymentMethodType: 'card', decision };
          const next = plan({ ...card, tries, dueAt: start });
          if (next.kind !== 'retry') return;
          for (const ceiling of usualDunning.ceilings.get(situation.brand ?? '') ??
            usualDunning.usualCeilings) {
            const within = tries.filter((at) => at > next.at - ceiling.withinMs);
            expect(within.length).toBeLessThan(ceiling.tries);
          }
        },
      ),
    );
  });

  it('nothing but “later” is ever tried again', () => {
    const kinds = fc.constantFrom('authenticate', 'another_method', 'never_with_this_method');
    fc.assert(
      fc.property(kinds, anyTime, anyDecision, anySituation, (kind, start, decision, situation) => {
        const given = { ...situation, tries: [start], dueAt: start };
        const next = plan({ ...given, decision: { ...decision, kind } });
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
