import { expect, test } from 'vitest';
import { isFull, judgeField } from './judge-field.ts';

const beside = { number: '4242 4242 4242 4242', now: { year: 2026, month: 11 } };
const code = (rule: string, text: string) => judgeField(rule, text, beside)?.code;

test.each([
  ['number', '4242', 'incomplete_number'],
  ['number', '4242 4242 4242 4241', 'invalid_number'],
  ['number', '4242 4242 4242 4242', undefined],
  ['expiry', '12 /', 'incomplete_expiry'],
  ['expiry', '13 / 30', 'invalid_expiry'],
  ['expiry', '10 / 26', 'invalid_expiry_month_past'],
  ['expiry', '12 / 25', 'invalid_expiry_year_past'],
  ['expiry', '11 / 26', undefined],
  ['cvc', '12', 'incomplete_cvc'],
  ['postal', ' ', 'incomplete_zip'],
  ['iban', 'DE89 3704', 'incomplete_iban'],
  ['iban', 'DE89 3704 0044 0532 0130 01', 'invalid_iban'],
  ['bsb', '000-00', 'incomplete_bsb'],
  ['routing', '110000001', 'invalid_routing_number'],
  ['email', 'ada@', 'incomplete_email'],
  ['', '', undefined],
])('a field judged as %s with %j has the code %s', (rule, text, expected) => {
  expect(code(rule, text)).toBe(expected);
});

test('a CVC is full with as many digits as its network has', () => {
  expect(isFull('cvc', '123', beside)).toBe(true);
  expect(isFull('cvc', '123', { ...beside, number: '3782 822463 10005' })).toBe(false);
});
