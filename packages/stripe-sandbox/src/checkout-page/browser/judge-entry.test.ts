import { describe, expect, test } from 'vitest';
import { judgeEntry } from './judge-entry.ts';
import type { Entry } from './judge-entry.ts';

const now = { year: 2026, month: 11 };
const good: Entry = {
  email: 'ada@example.com',
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Ada Lovelace',
  postalCode: '94107',
};

describe('an entry of card details', () => {
  test('that is complete may be sent', () => {
    expect(judgeEntry(good, now)).toEqual({});
  });

  test('that is empty names every field', () => {
    const empty = { email: '', number: '', expiry: '', cvc: '', name: ' ', postalCode: '' };
    expect(Object.keys(judgeEntry(empty, now))).toEqual([
      'email',
      'number',
      'expiry',
      'cvc',
      'name',
      'postalCode',
    ]);
  });

  test('needs no postal code where the country has none', () => {
    expect(judgeEntry({ ...good, postalCode: null }, now)).toEqual({});
  });

  test.each([
    ['number', '4242 4242 4242 424', 'Your card number is incomplete.'],
    ['number', '4242 4242 4242 4241', 'Your card number is invalid.'],
    ['expiry', '12 / 3', "Your card's expiration date is incomplete."],
    ['expiry', '13 / 34', "Your card's expiration date is invalid."],
    ['expiry', '10 / 26', "Your card's expiration date is in the past."],
    ['cvc', '12', "Your card's security code is incomplete."],
    ['email', 'ada@', 'Your email is incomplete.'],
  ] as const)('with %s %s says: %s', (field, value, message) => {
    expect(judgeEntry({ ...good, [field]: value }, now)).toEqual({ [field]: message });
  });

  test('of an American Express card wants its four-digit code', () => {
    const amex = { ...good, number: '3782 822463 10005' };
    expect(judgeEntry(amex, now)).toHaveProperty('cvc');
    expect(judgeEntry({ ...amex, cvc: '1234' }, now)).toEqual({});
  });
});
