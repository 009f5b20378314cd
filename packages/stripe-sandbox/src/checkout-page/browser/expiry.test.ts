import { describe, expect, test } from 'vitest';
import { formatExpiry, isPast, readExpiry } from './expiry.ts';

describe('an expiry date', () => {
  test.each([
    ['1', '1'],
    ['4', '04 / '],
    ['12', '12 / '],
    ['123', '12 / 3'],
    ['12 / 34', '12 / 34'],
    ['04/2034', '04 / 34'],
    ['1/', '01 / '],
    ['12 / 345', '12 / 34'],
  ])('typed as %s is shown as %s', (typed, shown) => {
    expect(formatExpiry(typed, true)).toBe(shown);
  });

  test('loses its separator when the shopper deletes', () => {
    expect(formatExpiry('12 / ', false)).toBe('12');
  });

  test('is a month of this century', () => {
    expect(readExpiry('04 / 34')).toEqual({ year: 2034, month: 4 });
    expect(readExpiry('13 / 34')).toBeUndefined();
    expect(readExpiry('00 / 34')).toBeUndefined();
    expect(readExpiry('04 / 3')).toBeUndefined();
  });

  test('is past only after its month has ended', () => {
    const now = { year: 2026, month: 11 };
    expect(isPast({ year: 2026, month: 10 }, now)).toBe(true);
    expect(isPast({ year: 2026, month: 11 }, now)).toBe(false);
    expect(isPast({ year: 2027, month: 1 }, now)).toBe(false);
  });
});
