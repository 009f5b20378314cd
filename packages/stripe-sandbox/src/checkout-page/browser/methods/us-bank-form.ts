import { digitsOf, judgeName, onlyMessages } from './method-form.ts';
import type { MethodForm } from './method-form.ts';

const WEIGHTS = [3, 7, 1];

/** The check digit of an ABA routing number: weights 3, 7, 1, sum a multiple of ten. */
export function isRoutingNumber(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || /^0+$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (all, digit, at) => all + Number(digit) * (WEIGHTS[at % 3] ?? 0),
    0,
  );
  return sum % 10 === 0;
}

function judgeRouting(text: string): string | undefined {
  const digits = digitsOf(text);
  if (digits === '') return 'Enter your routing number.';
  if (digits.length < 9) return 'Your routing number is incomplete: it has nine digits.';
  return isRoutingNumber(digits) ? undefined : 'Your routing number is invalid.';
}

function judgeAccount(text: string): string | undefined {
  const digits = digitsOf(text);
  if (digits === '') return 'Enter your account number.';
  return digits.length < 4 ? 'Your account number is incomplete.' : undefined;
}

/** A bank account in the United States. */
export const US_BANK_FORM: MethodForm = {
  fields: ['us-name', 'us-routing', 'us-account'],
  formats: {
    'us-routing': (text) => digitsOf(text).slice(0, 9),
    'us-account': (text) => digitsOf(text).slice(0, 17),
  },
  judge: (read) =>
    onlyMessages({
      'us-name': judgeName(read('us-name'), 'your full name'),
      'us-routing': judgeRouting(read('us-routing')),
      'us-account': judgeAccount(read('us-account')),
    }),
  isFull: (id, text) => id === 'us-routing' && digitsOf(text).length === 9,
  build: (read) => ({
    kind: 'us_bank_account',
    routing_number: digitsOf(read('us-routing')),
    account_number: digitsOf(read('us-account')),
    account_holder_type: read('us-holder'),
    account_type: read('us-type'),
    name: read('us-name').trim(),
  }),
  params: { routing_number: 'us-routing', account_number: 'us-account', name: 'us-name' },
};
