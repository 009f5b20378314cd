import { expect, it } from 'vitest';
import type { TriesSoFar } from './dunning-schedule.ts';
import { earliestTry } from './dunning-schedule.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Ten in the morning of a Tuesday. */
const tuesday = Date.UTC(2026, 2, 24, 10);

function earliest(change: Partial<TriesSoFar> = {}): number {
  return earliestTry({
    decision: {
      kind: 'later',
      reason: 'insufficient_funds',
      isSensitive: false,
      waitAtLeastMs: null,
    },
    brand: 'visa',
    paymentMethodType: 'card',
    tries: [tuesday],
    dueAt: tuesday,
    now: tuesday,
    timeZone: 'UTC',
    ...change,
  });
}

it('staff may try a declined card again at once, whatever our plan waits for', () => {
  expect(earliest()).toBe(tuesday);
});

it('but not before the time that the bank asked for', () => {
  const decision = { kind: 'later', reason: 'try_again_later', isSensitive: false } as const;
  const asked = earliest({ decision: { ...decision, waitAtLeastMs: 6 * hourMs } });
  expect(asked).toBe(tuesday + 6 * hourMs);
});

it('nor above a ceiling of the card’s network', () => {
  const tries = Array.from({ length: 15 }, (_, index) => tuesday + index * 60_000);
  expect(earliest({ tries, now: tries[14] ?? 0 })).toBe(tuesday + 30 * dayMs);
  expect(earliest({ tries: tries.slice(1), now: tries[14] ?? 0 })).toBe(tries[14]);
});

it('nor before the payer of a debit has had the notice that its scheme wants', () => {
  const debit = earliest({ paymentMethodType: 'sepa_debit', brand: null });
  expect(debit).toBe(Date.UTC(2026, 2, 27, 9));
});
