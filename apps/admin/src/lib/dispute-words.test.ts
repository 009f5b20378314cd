import { disputeStatuses } from '@onfile/payments/state/dispute-status.ts';
import { describe, expect, it } from 'vitest';
import { disputeStatus, disputeStatusName, timeLeft } from './dispute-words.ts';

const hourMs = 3_600_000;

describe('the words of a dispute', () => {
  it.each([
    [9 * 24 * hourMs, '9 days left'],
    [48 * hourMs, '2 days left'],
    [48 * hourMs - 1, '47 hours left'],
    [hourMs - 1, 'Less than an hour left'],
    [0, 'Too late to answer'],
    [-hourMs, 'Too late to answer'],
  ])('say what is left of %i ms', (leftMs, words) => {
    expect(timeLeft(leftMs)).toBe(words);
  });

  it('name every status that is known, and an unknown one by Stripe’s own word', () => {
    for (const status of disputeStatuses) expect(disputeStatusName(status)).not.toBeNull();
    expect(disputeStatus('some_new_word').text).toBe('some new word');
  });
});
