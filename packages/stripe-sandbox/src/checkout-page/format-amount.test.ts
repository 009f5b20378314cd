import { expect, test } from 'vitest';
import { formatAmount } from './format-amount.ts';

test.each([
  [1099, 'usd', '$10.99'],
  [500, 'jpy', '¥500'],
  [1500, 'kwd', 'KWD 1.500'],
  [17500, 'huf', 'HUF 175.00'],
  [0, 'eur', '€0.00'],
])('%i minor units of %s read %s', (amountMinor, currency, shown) => {
  expect(formatAmount(amountMinor, currency).replaceAll('\u00a0', ' ')).toBe(shown);
});
