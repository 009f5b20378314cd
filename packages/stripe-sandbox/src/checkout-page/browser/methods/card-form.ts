import {
  cvcLengthFor,
  groupCardNumber,
  hasCardLength,
  isFullLength,
  passesLuhn,
} from '../card-number.ts';
import { formatExpiry, isPast, readExpiry } from '../expiry.ts';
import type { Month } from '../expiry.ts';
import { asksForPostalCode } from '../postal-code.ts';
import { digitsOf, judgeName, onlyMessages } from './method-form.ts';
import type { FieldMessages, MethodForm, ReadField } from './method-form.ts';

function judgeNumber(text: string): string | undefined {
  const digits = digitsOf(text);
  if (digits === '') return 'Enter your card number.';
  if (!hasCardLength(digits)) return 'Your card number is incomplete.';
  return passesLuhn(digits) ? undefined : 'Your card number is invalid.';
}

function judgeExpiry(text: string, now: Month): string | undefined {
  if (digitsOf(text) === '') return "Enter your card's expiration date.";
  if (digitsOf(text).length < 4) return "Your card's expiration date is incomplete.";
  const expiry = readExpiry(text);
  if (!expiry) return "Your card's expiration date is invalid.";
  return isPast(expiry, now) ? "Your card's expiration date is in the past." : undefined;
}

function judgeCvc(text: string, number: string): string | undefined {
  const digits = digitsOf(text);
  if (digits === '') return "Enter your card's security code.";
  return digits.length < cvcLengthFor(digitsOf(number))
    ? "Your card's security code is incomplete."
    : undefined;
}

function judge(read: ReadField, now: Month): FieldMessages {
  const postalCodeMissing = asksForPostalCode(read('country')) && read('postalCode').trim() === '';
  return onlyMessages({
    number: judgeNumber(read('number')),
    expiry: judgeExpiry(read('expiry'), now),
    cvc: judgeCvc(read('cvc'), read('number')),
    name: judgeName(read('name'), 'the name on your card'),
    postalCode: postalCodeMissing ? 'Enter your postal code.' : undefined,
  });
}

/** A new card. */
export const CARD_FORM: MethodForm = {
  fields: ['number', 'expiry', 'cvc', 'name', 'postalCode'],
  formats: {
    number: (text) => groupCardNumber(digitsOf(text)),
    expiry: formatExpiry,
    cvc: (text, _adding, read) => digitsOf(text).slice(0, cvcLengthFor(digitsOf(read('number')))),
  },
  judge,
  isFull: (id, text) => id === 'number' && isFullLength(digitsOf(text)),
  build(read, now) {
    const expiry = readExpiry(read('expiry')) ?? now;
    const country = read('country');
    return {
      kind: 'card',
      card: {
        number: digitsOf(read('number')),
        exp_month: expiry.month,
        exp_year: expiry.year,
        cvc: digitsOf(read('cvc')),
      },
      name: read('name').trim(),
      country,
      ...(asksForPostalCode(country) ? { postalCode: read('postalCode').trim() } : {}),
    };
  },
  params: { exp_month: 'expiry', exp_year: 'expiry', postal_code: 'postalCode' },
};
