import { describe, expect, test } from 'vitest';
import { testValues } from '../../test-values.ts';
import { formatBsb } from './becs-form.ts';
import { formatIban, judgeIban } from './iban.ts';
import { isRoutingNumber } from './us-bank-form.ts';

describe('an IBAN', () => {
  test.each(testValues('sepa_debit').map(({ fill, does }) => [fill['iban'] ?? '', does]))(
    'of the test values is valid: %s',
    (iban) => {
      expect(judgeIban(iban)).toBeUndefined();
    },
  );

  test.each([
    ['', 'Enter your IBAN.'],
    ['DE89 3704 0044 0532 0130', 'Your IBAN is incomplete.'],
    ['DE89 3704 0044 0532 0130 01', 'Your IBAN is invalid.'],
    ['US12', 'Your IBAN should start with the code of a country in the SEPA area, such as DE.'],
  ])('%s says: %s', (iban, message) => {
    expect(judgeIban(iban)).toBe(message);
  });

  test('is written in groups of four, and no longer than its country has it', () => {
    expect(formatIban('de89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00');
    expect(formatIban('BE6251000754706199')).toBe('BE62 5100 0754 7061');
  });

  test('may hold letters, as the French ones do', () => {
    expect(judgeIban('FR14 2004 1010 0505 0001 3M02 606')).toBeUndefined();
  });
});

test('a routing number has nine digits and passes its check', () => {
  expect(isRoutingNumber('110000000')).toBe(true);
  expect(isRoutingNumber('021000021')).toBe(true);
  expect(isRoutingNumber('110000001')).toBe(false);
  expect(isRoutingNumber('000000000')).toBe(false);
  expect(isRoutingNumber('11000000')).toBe(false);
});

test('a BSB gets its hyphen while it is typed, and loses it while it is deleted', () => {
  expect(formatBsb('000', true)).toBe('000-');
  expect(formatBsb('000', false)).toBe('000');
  expect(formatBsb('0000001', true)).toBe('000-000');
});
