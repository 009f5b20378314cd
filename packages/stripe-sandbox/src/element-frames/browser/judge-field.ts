import {
  cvcLengthFor,
  hasCardLength,
  isFullLength,
  passesLuhn,
} from '../../checkout-page/browser/card-number.ts';
import { isPast, readExpiry } from '../../checkout-page/browser/expiry.ts';
import type { Month } from '../../checkout-page/browser/expiry.ts';
import { isWholeIban, judgeIban } from '../../checkout-page/browser/methods/iban.ts';
import { digitsOf } from '../../checkout-page/browser/methods/method-form.ts';
import { isRoutingNumber } from '../../checkout-page/browser/methods/us-bank-form.ts';

/** What is wrong with a field: Stripe.js's code, and a sentence for the shopper. */
export type Fault = { code: string; message: string };

/** What a field is judged beside: the card number that decides how long a CVC is, and the month. */
type Beside = { number: string; now: Month };

type Judge = (text: string, beside: Beside) => Fault | undefined;

const incomplete = (what: string, thing: string): Fault => ({
  code: `incomplete_${what}`,
  message: `Your ${thing} is incomplete.`,
});
const invalid = (what: string, thing: string): Fault => ({
  code: `invalid_${what}`,
  message: `Your ${thing} is invalid.`,
});

function judgeNumber(text: string): Fault | undefined {
  const digits = digitsOf(text);
  if (!hasCardLength(digits)) return incomplete('number', 'card number');
  return passesLuhn(digits) ? undefined : invalid('number', 'card number');
}

function judgeExpiry(text: string, { now }: Beside): Fault | undefined {
  if (digitsOf(text).length < 4) return incomplete('expiry', "card's expiration date");
  const expiry = readExpiry(text);
  if (!expiry) return invalid('expiry', "card's expiration date");
  if (!isPast(expiry, now)) return undefined;
  return expiry.year < now.year
    ? {
        code: 'invalid_expiry_year_past',
        message: "Your card's expiration year is in the past.",
      }
    : { code: 'invalid_expiry_month_past', message: "Your card's expiration date is in the past." };
}

function judgeIbanField(text: string): Fault | undefined {
  const message = judgeIban(text);
  if (message === undefined) return undefined;
  return { code: isWholeIban(text) ? 'invalid_iban' : 'incomplete_iban', message };
}

function atLeast(digits: number, what: string, thing: string): Judge {
  return (text) => (digitsOf(text).length < digits ? incomplete(what, thing) : undefined);
}

const filled =
  (what: string, thing: string): Judge =>
  (text) =>
    text.trim() === '' ? incomplete(what, thing) : undefined;

function judgeRouting(text: string): Fault | undefined {
  const digits = digitsOf(text);
  if (digits.length < 9) return incomplete('routing_number', 'routing number');
  return isRoutingNumber(digits) ? undefined : invalid('routing_number', 'routing number');
}

function judgeEmail(text: string): Fault | undefined {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? undefined : incomplete('email', 'email');
}

const JUDGES: Record<string, Judge> = {
  number: judgeNumber,
  expiry: judgeExpiry,
  cvc: (text, { number }) =>
    digitsOf(text).length < cvcLengthFor(digitsOf(number))
      ? incomplete('cvc', "card's security code")
      : undefined,
  postal: filled('zip', 'postal code'),
  iban: judgeIbanField,
  bsb: atLeast(6, 'bsb', 'BSB'),
  au_account: atLeast(5, 'account_number', 'account number'),
  routing: judgeRouting,
  us_account: atLeast(4, 'account_number', 'account number'),
  name: filled('name', 'name'),
  email: judgeEmail,
  required: filled('address', 'address'),
};

/** What stands in the way of a field; undefined when it may be sent. */
export function judgeField(rule: string, text: string, beside: Beside): Fault | undefined {
  return JUDGES[rule]?.(text, beside);
}

/** True once nothing more can be typed: the moment to judge a field while typing. */
export function isFull(rule: string, text: string, beside: Beside): boolean {
  const digits = digitsOf(text).length;
  if (rule === 'number') return isFullLength(digitsOf(text));
  if (rule === 'expiry') return digits === 4;
  if (rule === 'cvc') return digits === cvcLengthFor(digitsOf(beside.number));
  if (rule === 'routing') return digits === 9;
  return rule === 'iban' && isWholeIban(text);
}
