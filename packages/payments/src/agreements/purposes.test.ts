import { expect, it } from 'vitest';
import { purposeCovers, purposes } from './purposes.ts';

it.each([
  ['balances_and_fees', 'fee', true],
  ['balances_and_fees', 'balance', true],
  ['balances', 'balance', true],
  ['balances', 'fee', false],
  ['fees', 'hold', true],
  ['fees', 'deposit', false],
  ['show_again', 'full', false],
  ['toString', 'fee', false],
] as const)('an agreement for %s lets the shop charge a %s: %s', (purpose, kind, covers) => {
  expect(purposeCovers(purpose, kind)).toBe(covers);
});

it('has no purpose that is not on the list', () => {
  expect(purposes).toEqual(['balances_and_fees', 'balances', 'fees', 'show_again']);
});
