import { html } from 'hono/html';
import type { Markup } from '../checkout-page/document.ts';
import { listCountries } from '../checkout-page/list-countries.ts';

/** One input of a frame. `rule` names what the script judges it by; none: anything will do. */
export type Field = {
  id: string;
  label: string;
  rule: string;
  autocomplete: string;
  placeholder?: string;
  inputmode?: 'numeric' | 'email';
  /** The billing detail that it fills, such as `email`. */
  billing?: string;
};

/** The input alone; its message stands where the caller puts `messageOf`. */
export function inputOf(field: Field): Markup {
  return html`<input
    id="${field.id}"
    name="${field.id}"
    data-rule="${field.rule}"
    data-billing="${field.billing ?? ''}"
    autocomplete="${field.autocomplete}"
    placeholder="${field.placeholder ?? ''}"
    inputmode="${field.inputmode ?? 'text'}"
    spellcheck="false"
    aria-describedby="${field.id}-message"
  />`;
}

function messageOf(id: string): Markup {
  return html`<p class="message" id="${id}-message" hidden></p>`;
}

/** Label, input and message, one under the other. */
export function fieldOf(field: Field, icon: Markup | '' = ''): Markup {
  return html`<div class="field" data-field="${field.id}">
    <label for="${field.id}">${field.label}</label>
    <div class="box">${inputOf(field)}${icon}</div>
    ${messageOf(field.id)}
  </div>`;
}

/** A select of countries; the United States unless the page says otherwise. */
export function countryOf(id: string): Markup {
  const options = listCountries().map(
    ({ code, name }) =>
      html`<option value="${code}" ${code === 'US' ? html`selected` : ''}>${name}</option>`,
  );
  return html`<div class="field" data-field="${id}">
    <label for="${id}">Country</label>
    <select id="${id}" name="${id}" data-billing="country" autocomplete="billing country">
      ${options}
    </select>
  </div>`;
}

export const CARD_NUMBER: Field = {
  id: 'number',
  label: 'Card number',
  rule: 'number',
  autocomplete: 'cc-number',
  placeholder: '1234 1234 1234 1234',
  inputmode: 'numeric',
};
export const CARD_EXPIRY: Field = {
  id: 'expiry',
  label: 'Expiration date',
  rule: 'expiry',
  autocomplete: 'cc-exp',
  placeholder: 'MM / YY',
  inputmode: 'numeric',
};
export const CARD_CVC: Field = {
  id: 'cvc',
  label: 'Security code',
  rule: 'cvc',
  autocomplete: 'cc-csc',
  placeholder: 'CVC',
  inputmode: 'numeric',
};
export const IBAN: Field = {
  id: 'iban',
  label: 'IBAN',
  rule: 'iban',
  autocomplete: 'off',
  placeholder: 'DE00 0000 0000 0000 0000 00',
};
export const BSB: Field = {
  id: 'bsb',
  label: 'BSB',
  rule: 'bsb',
  autocomplete: 'off',
  placeholder: '000000',
  inputmode: 'numeric',
};
export const AU_ACCOUNT: Field = {
  id: 'becs-account',
  label: 'Account number',
  rule: 'au_account',
  autocomplete: 'off',
  placeholder: '000123456',
  inputmode: 'numeric',
};
