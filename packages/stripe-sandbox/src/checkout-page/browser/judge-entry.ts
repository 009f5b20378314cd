import { cvcLengthFor, hasCardLength, passesLuhn } from './card-number.ts';
import { isPast, readExpiry } from './expiry.ts';
import type { Month } from './expiry.ts';

/** What stands in the fields, as shown. `postalCode` is null where the country asks for none. */
export type Entry = {
  email: string;
  number: string;
  expiry: string;
  cvc: string;
  name: string;
  postalCode: string | null;
};
export type FieldName = keyof Entry;
/** The fields that need attention, each with a sentence for the shopper. */
export type FieldMessages = Partial<Record<FieldName, string>>;

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

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

function judgeEmail(text: string): string | undefined {
  if (text.trim() === '') return 'Enter your email address.';
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? undefined : 'Your email is incomplete.';
}

/** Every field that would be refused, with its message; empty when the form may be sent. */
export function judgeEntry(entry: Entry, now: Month): FieldMessages {
  const found: Record<FieldName, string | undefined> = {
    email: judgeEmail(entry.email),
    number: judgeNumber(entry.number),
    expiry: judgeExpiry(entry.expiry, now),
    cvc: judgeCvc(entry.cvc, entry.number),
    name: entry.name.trim() === '' ? 'Enter the name on your card.' : undefined,
    postalCode:
      entry.postalCode !== null && entry.postalCode.trim() === ''
        ? 'Enter your postal code.'
        : undefined,
  };
  const messages: FieldMessages = {};
  for (const field of Object.keys(found) as FieldName[]) {
    const message = found[field];
    if (message !== undefined) messages[field] = message;
  }
  return messages;
}
