import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import type { Markup } from './document.ts';
import { joinedInput, joinedSelect, messageFor, textField } from './form-field.ts';
import { becsMandate, sepaMandate, usBankMandate } from './mandate-texts.ts';

function sepaFields(view: CheckoutView) {
  return html`${textField({
    id: 'iban',
    label: 'IBAN',
    autocomplete: 'off',
    placeholder: 'DE00 0000 0000 0000 0000 00',
  })}
  ${textField({
    id: 'sepa-name',
    label: 'Name on account',
    autocomplete: 'name',
    placeholder: 'First and last name',
  })}
  ${sepaMandate(view)}`;
}

function becsFields(view: CheckoutView) {
  return html`<fieldset class="field">
      <legend>Bank account</legend>
      <div class="joined">
        <div class="half">
          ${joinedInput({
            id: 'bsb',
            label: 'BSB',
            inputmode: 'numeric',
            autocomplete: 'off',
            placeholder: 'BSB 000-000',
          })}
        </div>
        <div class="half">
          ${joinedInput({
            id: 'becs-account',
            label: 'Account number',
            inputmode: 'numeric',
            autocomplete: 'off',
            placeholder: 'Account number',
          })}
        </div>
      </div>
      ${messageFor('bsb')} ${messageFor('becs-account')}
    </fieldset>
    ${textField({
      id: 'becs-name',
      label: 'Account holder name',
      autocomplete: 'name',
      placeholder: 'First and last name',
    })}
    ${becsMandate(view)}`;
}

const HOLDERS = [
  { value: 'individual', words: 'Individual' },
  { value: 'company', words: 'Company' },
];
const ACCOUNTS = [
  { value: 'checking', words: 'Checking' },
  { value: 'savings', words: 'Savings' },
];

function usBankFields(view: CheckoutView) {
  return html`${textField({
      id: 'us-name',
      label: 'Full name',
      autocomplete: 'name',
      placeholder: 'First and last name',
    })}
    <fieldset class="field">
      <legend>Bank account</legend>
      <div class="joined">
        <div class="half">${joinedSelect('us-holder', 'Account holder', HOLDERS)}</div>
        <div class="half">${joinedSelect('us-type', 'Account type', ACCOUNTS)}</div>
        <div>
          ${joinedInput({
            id: 'us-routing',
            label: 'Routing number',
            inputmode: 'numeric',
            autocomplete: 'off',
            placeholder: 'Routing number',
          })}
        </div>
        <div>
          ${joinedInput({
            id: 'us-account',
            label: 'Account number',
            inputmode: 'numeric',
            autocomplete: 'off',
            placeholder: 'Account number',
          })}
        </div>
      </div>
      ${messageFor('us-routing')} ${messageFor('us-account')}
    </fieldset>
    ${usBankMandate(view)}`;
}

const FIELDS: Record<string, (view: CheckoutView) => Markup> = {
  sepa_debit: sepaFields,
  au_becs_debit: becsFields,
  us_bank_account: usBankFields,
};

/** The fields of a bank debit and the mandate the shopper gives by sending them. */
export function debitFields(type: string, view: CheckoutView): Markup | '' {
  return FIELDS[type]?.(view) ?? '';
}
