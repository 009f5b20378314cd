import { describe, expect, it } from 'vitest';
import {
  currencyCodes,
  formatAmount,
  getCurrency,
  parseAmount,
  parseRefundAmount,
} from './money.ts';
import { Refusal } from './refusal.ts';

function refusalOf(text: string, currency: string, maxMajor = 10_000): string {
  try {
    parseAmount(text, currency, maxMajor);
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} at ${error.field}`;
    throw error;
  }
  return 'none';
}

describe('money', () => {
  it.each([
    ['10.99', 'usd', 1099],
    ['10.9', 'usd', 1090],
    ['10', 'USD', 1000],
    [' 0.50 ', 'usd', 50],
    ['1099', 'jpy', 1099],
    ['1.230', 'kwd', 1230],
    ['5', 'isk', 500],
    ['5.00', 'ugx', 500],
    ['200', 'huf', 20_000],
  ])('reads %s in %s as %i minor units', (text, currency, minor) => {
    expect(parseAmount(text, currency, 999_999)).toBe(minor);
  });

  it('reads every hundredth without the errors of floating point', () => {
    for (let minor = 50; minor < 20_000; minor += 1) {
      const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
      expect(parseAmount(text, 'usd', 1_000)).toBe(minor);
    }
  });

  it.each([
    ['0', 'usd', 'amount_too_small at amount'],
    ['0.49', 'usd', 'amount_too_small at amount'],
    ['49', 'jpy', 'amount_too_small at amount'],
    ['-5', 'usd', 'amount_malformed at amount'],
    ['1e3', 'usd', 'amount_malformed at amount'],
    ['1,000.00', 'usd', 'amount_malformed at amount'],
    ['ten', 'usd', 'amount_malformed at amount'],
    ['', 'usd', 'amount_malformed at amount'],
    ['10.999', 'usd', 'amount_too_precise at amount'],
    ['10.5', 'jpy', 'amount_too_precise at amount'],
    ['5.50', 'isk', 'amount_not_a_step at amount'],
    ['1.235', 'kwd', 'amount_not_a_step at amount'],
    ['10001', 'usd', 'amount_too_large at amount'],
    ['10.00', 'xyz', 'currency_unknown at currency'],
    ['10.00', '', 'currency_unknown at currency'],
  ])('refuses %s in "%s": %s', (text, currency, refusal) => {
    expect(refusalOf(text, currency)).toBe(refusal);
  });

  it('never goes above the eight digits that Stripe takes', () => {
    expect(refusalOf('1000000', 'usd', 9_999_999)).toBe('amount_too_large at amount');
  });

  it('shows amounts with the digits of our table, not of Intl', () => {
    expect(formatAmount(1099, 'usd')).toBe('$10.99');
    expect(formatAmount(1099, 'jpy')).toBe('¥1,099');
    expect(formatAmount(17_500, 'huf')).toBe('HUF\u00a0175.00');
    expect(formatAmount(1230, 'kwd')).toBe('KWD\u00a01.230');
    expect(formatAmount(5, 'usd')).toBe('$0.05');
  });

  it('lists each currency once', () => {
    const codes = currencyCodes();
    expect(new Set(codes).size).toBe(codes.length);
    expect(getCurrency('jpy')).toMatchObject({ exponent: 0, minimumMinor: 50 });
  });

  it.each([
    ['0.01', 'usd', 1],
    ['3', 'jpy', 3],
    ['1', 'isk', 100],
    ['1.230', 'kwd', 1230],
  ])('gives %s %s back, which is less than the smallest charge', (text, currency, minor) => {
    expect(parseRefundAmount(text, currency)).toBe(minor);
  });

  it('gives back no fraction of a currency’s step, and not nothing', () => {
    expect(() => parseRefundAmount('0.50', 'isk')).toThrow('amount_not_a_step');
    expect(() => parseRefundAmount('1.231', 'kwd')).toThrow('amount_not_a_step');
    expect(() => parseRefundAmount('0', 'usd')).toThrow('amount_malformed');
    expect(() => parseRefundAmount('-1', 'usd')).toThrow('amount_malformed');
  });
});
