import { expect, it } from 'vitest';
import { nextTryWords } from './next-try-words.ts';

it('says what is left of the budget, and when the next try is', () => {
  const plan = { kind: 'retry', when: 'Tue 09:00', triesMade: 13, triesAllowed: 15 } as const;
  expect(nextTryWords(plan)).toBe('2 of 15 tries left, next try Tue 09:00.');
});

it('says why nothing is tried by itself', () => {
  const words = nextTryWords({ kind: 'wait_for_shopper', reason: 'stolen_card' });
  expect(words).toBe('Will not be tried again by itself. The card was reported stolen.');
});

it('says when the plan has come to its end, and by what', () => {
  expect(nextTryWords({ kind: 'exhausted', reason: 'no_tries_left' })).toContain('no tries');
  expect(nextTryWords({ kind: 'exhausted', reason: 'too_late' })).toContain('too long');
});
