import { brandOf, cvcLengthFor, groupCardNumber } from '../../checkout-page/browser/card-number.ts';
import { formatExpiry } from '../../checkout-page/browser/expiry.ts';
import { keepFormatted } from '../../checkout-page/browser/formatted-input.ts';
import { formatBsb } from '../../checkout-page/browser/methods/becs-form.ts';
import { formatIban } from '../../checkout-page/browser/methods/iban.ts';
import { digitsOf } from '../../checkout-page/browser/methods/method-form.ts';
import { faultOf, monthOfPage, readField, ruleOf, showFault } from './frame-fields.ts';
import { isFull } from './judge-field.ts';

type Format = (text: string, adding: boolean) => string;

const upTo =
  (length: number): Format =>
  (text) =>
    digitsOf(text).slice(0, length);

const FORMATS: Record<string, Format> = {
  number: (text) => groupCardNumber(digitsOf(text)),
  expiry: formatExpiry,
  cvc: (text) => digitsOf(text).slice(0, cvcLengthFor(digitsOf(readField('number')))),
  iban: formatIban,
  bsb: formatBsb,
  au_account: upTo(9),
  routing: upTo(9),
  us_account: upTo(17),
};

function showBrand(): void {
  const brand = brandOf(digitsOf(readField('number')));
  document.querySelector('#brand use')?.setAttribute('href', `#brand-${brand}`);
}

/** In a line of fields, a full one hands on to the next. */
function moveOn(input: HTMLInputElement): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>('.line input')];
  const next = fields[fields.indexOf(input) + 1];
  if (fields.includes(input) && document.activeElement === input) next?.focus();
}

/**
 * Formats what is typed, judges a field when the shopper leaves it, and while typing once it is full.
 * `changed` is called after every input.
 */
export function wireFields(changed: () => void): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('#form input[data-rule]')) {
    const rule = ruleOf(input);
    const format = FORMATS[rule];
    if (format) keepFormatted(input, format);
    input.addEventListener('input', () => {
      const beside = { number: readField('number'), now: monthOfPage() };
      const full = isFull(rule, input.value, beside);
      const fault = full ? faultOf(input) : undefined;
      showFault(input, fault);
      if (rule === 'number') showBrand();
      if (full && !fault && (rule === 'number' || rule === 'expiry')) moveOn(input);
      changed();
    });
    input.addEventListener('blur', () => {
      if (input.value.trim() === '') return;
      showFault(input, faultOf(input));
      changed();
    });
  }
}
