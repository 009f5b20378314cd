import { expect, it } from 'vitest';
import { readValidDays } from './draft-form.ts';

it.each([
  ['', null],
  [' ', null],
  ['365', 365],
  ['1', 1],
  ['3650', 3650],
  ['3651', 'wrong'],
  ['0', 'wrong'],
  ['-5', 'wrong'],
  ['1.5', 'wrong'],
  ['a year', 'wrong'],
] as const)('“%s” days are %s', (text, days) => {
  expect(readValidDays(text)).toBe(days);
});
