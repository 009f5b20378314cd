import type { CardEntry } from './checkout/submit-session.ts';
import type { Clock } from './clock.ts';
import { declineFields } from './declines.ts';
import { cardError } from './errors.ts';
import { findTestCardByNumber } from './test-cards.ts';
import type { TestCard } from './test-cards.ts';

/** Whether the last digit fits the others (Luhn), as every card number's does. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  });
  return sum % 10 === 0;
}

/** `visa`, `mastercard`, … by the first digits; `unknown` for what no network owns. */
export function brandOf(number: string): string {
  if (number.startsWith('4')) return 'visa';
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard';
  if (/^3[47]/.test(number)) return 'amex';
  if (/^(6011|64[4-9]|65)/.test(number)) return 'discover';
  if (/^62/.test(number)) return 'unionpay';
  if (/^3(0[0-5]|[689])/.test(number)) return 'diners';
  if (/^35/.test(number)) return 'jcb';
  return 'unknown';
}

/**
 * Checks what was typed into a card form, in the order of Stripe's messages, and finds the card's row.
 * Throws a 402 card_error for a wrong number, expiry or security code, and for a card that is no test card.
 */
export function checkCardEntry(clock: Clock, entry: CardEntry): TestCard {
  const number = entry.number.replaceAll(/[ -]/g, '');
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardError('Your card number is incorrect.', {
      code: 'incorrect_number',
      decline_code: 'incorrect_number',
      param: 'number',
    });
  }
  const { exp_month: month } = entry;
  const year = entry.exp_year < 100 ? entry.exp_year + 2000 : entry.exp_year;
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw cardError("Your card's expiration month is invalid.", {
      code: 'invalid_expiry_month',
      param: 'exp_month',
    });
  }
  const today = new Date(clock.now());
  const months = year * 12 + month - (today.getUTCFullYear() * 12 + today.getUTCMonth() + 1);
  if (!Number.isInteger(year) || months < 0 || months > 50 * 12) {
    throw cardError("Your card's expiration year is invalid.", {
      code: 'invalid_expiry_year',
      param: 'exp_year',
    });
  }
  const digits = brandOf(number) === 'amex' ? /^\d{3,4}$/ : /^\d{3}$/;
  if (entry.cvc !== '' && !digits.test(entry.cvc)) {
    throw cardError("Your card's security code is invalid.", { code: 'invalid_cvc', param: 'cvc' });
  }
  const row = findTestCardByNumber(number);
  if (row === undefined) {
    const { message, ...fields } = declineFields('test_mode_live_card');
    throw cardError(message, fields);
  }
  return row;
}
