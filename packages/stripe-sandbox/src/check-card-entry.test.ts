import { expect, test } from 'vitest';
import { brandOf, checkCardEntry, passesLuhn } from './check-card-entry.ts';
import { createClock } from './clock.ts';
import { SandboxError } from './errors.ts';
import { TEST_CARDS } from './test-cards.ts';

const GOOD = { number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123' };

function codeOf(entry: Partial<typeof GOOD>): string | undefined {
  try {
    checkCardEntry(createClock(), { ...GOOD, ...entry });
    return undefined;
  } catch (error) {
    return error instanceof SandboxError ? error.body.code : 'not a card error';
  }
}

test('every test card passes the check digit and has a brand and an alias of its own', () => {
  for (const { number } of TEST_CARDS) {
    expect(passesLuhn(number), number).toBe(true);
    expect(brandOf(number), number).not.toBe('unknown');
  }
  expect(new Set(TEST_CARDS.map(({ alias }) => alias)).size).toBe(TEST_CARDS.length);
  expect(new Set(TEST_CARDS.map(({ number }) => number)).size).toBe(TEST_CARDS.length);
});

test.each([
  ['a card in order', {}, undefined],
  ['spaces in the number', { number: '4242 4242 4242 4242' }, undefined],
  ['a two-digit year', { exp_year: 40 }, undefined],
  ['a wrong check digit', { number: '4242424242424241' }, 'incorrect_number'],
  ['no number at all', { number: '' }, 'incorrect_number'],
  ['month 13', { exp_month: 13 }, 'invalid_expiry_month'],
  ['a year that is over', { exp_year: 2020 }, 'invalid_expiry_year'],
  ['a year too far', { exp_year: 2099 }, 'invalid_expiry_year'],
  ['four digits where three belong', { cvc: '1234' }, 'invalid_cvc'],
  ['a number that is no test card', { number: '4111111111111111' }, 'card_declined'],
])('%s', (_case, entry, code) => {
  expect(codeOf(entry)).toBe(code);
});
