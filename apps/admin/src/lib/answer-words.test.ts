import { describe, expect, it } from 'vitest';
import type { ChargeAnswer } from './api-types.ts';
import { answerCodes, answerWords } from './answer-words.ts';

const answer = (given: Partial<ChargeAnswer>): ChargeAnswer => ({
  outcome: 'succeeded',
  errorCode: null,
  declineCode: null,
  adviceCode: null,
  ...given,
});

describe('the answer of a charge in words', () => {
  const outcomes: ChargeAnswer['outcome'][] = [
    'succeeded',
    'authorized',
    'processing',
    'authentication_required',
    'declined',
    'rejected',
    'canceled',
    'asking_stripe',
    'none',
  ];

  it('has a title of its own for every outcome', () => {
    const titles = outcomes.map((outcome) => answerWords(answer({ outcome })).title);
    expect(new Set(titles).size).toBe(outcomes.length);
  });

  it('says of a decline what the code means and what to do next', () => {
    const declined = answer({ outcome: 'declined', errorCode: 'card_declined' });
    const words = answerWords({ ...declined, declineCode: 'insufficient_funds' });
    expect(words.text).toContain('not enough money');
    expect(words.next).toContain('few days');
  });

  it('tells staff not to charge again while Stripe is being asked', () => {
    expect(answerWords(answer({ outcome: 'asking_stripe' })).text).toContain('Do not charge again');
  });

  it('asks for the shopper when the bank wants them to confirm', () => {
    const words = answerWords(answer({ outcome: 'authentication_required' }));
    expect(words.next).toContain('Ask the shopper to come back');
  });

  it('names each code once', () => {
    const codes = { errorCode: 'authentication_required', declineCode: 'authentication_required' };
    expect(answerCodes({ ...codes, adviceCode: null })).toBe('authentication_required');
    expect(answerCodes(answer({}))).toBeNull();
  });
});
