import { expect, it } from 'vitest';
import { waitingWords } from './waiting-words.ts';

const say = (nextStepReason: string) => waitingWords({ nextStep: 'shopper', nextStepReason });

it('says for whom a payment waits in words of our own', () => {
  expect(say('authenticate')).toBe('Waits for the shopper: the bank wants them to confirm it.');
  expect(say('paused')).toBe('Paused by staff.');
});

it('says why no further try is planned in the words of the decline', () => {
  expect(say('stolen_card')).toBe(
    'Will not be tried again by itself. The card was reported stolen.',
  );
});

it('takes no name of a built-in for a reason', () => {
  expect(say('toString')).toContain('a code that Onfile does not know yet');
});
