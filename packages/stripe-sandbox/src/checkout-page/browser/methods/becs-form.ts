import { digitsOf, judgeName, onlyMessages } from './method-form.ts';
import type { MethodForm } from './method-form.ts';

/** `000-000`, while it is typed. */
export function formatBsb(text: string, adding: boolean): string {
  const digits = digitsOf(text).slice(0, 6);
  if (digits.length < 3 || (digits.length === 3 && !adding)) return digits;
  return `${digits.slice(0, 3)}-${digits.slice(3)}`;
}

function judgeBsb(text: string): string | undefined {
  const digits = digitsOf(text);
  if (digits === '') return 'Enter your BSB.';
  return digits.length < 6 ? 'Your BSB is incomplete: it has six digits.' : undefined;
}

function judgeAccount(text: string): string | undefined {
  const digits = digitsOf(text);
  if (digits === '') return 'Enter your account number.';
  return digits.length < 5 ? 'Your account number is incomplete.' : undefined;
}

/** An Australian bank account. */
export const BECS_FORM: MethodForm = {
  fields: ['bsb', 'becs-account', 'becs-name'],
  formats: { bsb: formatBsb, 'becs-account': (text) => digitsOf(text).slice(0, 9) },
  judge: (read) =>
    onlyMessages({
      bsb: judgeBsb(read('bsb')),
      'becs-account': judgeAccount(read('becs-account')),
      'becs-name': judgeName(read('becs-name'), 'the name of the account holder'),
    }),
  isFull: () => false,
  build: (read) => ({
    kind: 'au_becs_debit',
    bsb_number: digitsOf(read('bsb')),
    account_number: digitsOf(read('becs-account')),
    name: read('becs-name').trim(),
  }),
  params: { bsb_number: 'bsb', account_number: 'becs-account', name: 'becs-name' },
};
