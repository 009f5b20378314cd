import { expect, it } from 'vitest';
import { kindOfMethod, nameMethod } from './name-method.ts';

const bare = { brand: null, last4: null, bankName: null, wallet: null };

it.each([
  [{ type: 'card', brand: 'visa', last4: '4242' }, 'Visa ending in 4242', 'card'],
  [
    { type: 'card', brand: 'visa', last4: '4242', wallet: 'apple_pay' },
    'Apple Pay (Visa ending in 4242)',
    'wallet',
  ],
  [
    { type: 'us_bank_account', last4: '6789', bankName: 'STRIPE TEST BANK' },
    'STRIPE TEST BANK account ending in 6789',
    'bank',
  ],
  [
    { type: 'sepa_debit', last4: '3000', bankName: '37040044' },
    'SEPA bank account ending in 3000',
    'bank',
  ],
  [{ type: 'au_becs_debit', last4: '3456' }, 'Australian bank account ending in 3456', 'bank'],
  [{ type: 'link' }, 'Link', 'wallet'],
  [{ type: 'paypal' }, 'PayPal', 'wallet'],
  [{ type: 'toString', brand: null }, 'Payment method', 'other'],
] as const)('names %o as what it is', (given, name, kind) => {
  const method = { ...bare, ...given };
  expect(nameMethod(method)).toBe(name);
  expect(kindOfMethod(method)).toBe(kind);
});
