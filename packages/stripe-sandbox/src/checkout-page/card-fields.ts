import { html } from 'hono/html';
import { brandIcon } from './brand-icons.ts';
import { joinedInput, joinedSelect, messageFor, textField } from './form-field.ts';
import { listCountries } from './list-countries.ts';

const ACCEPTED = ['visa', 'mastercard', 'amex', 'discover'];

function cardGroup() {
  return html`<fieldset class="field card-group">
    <legend>Card information</legend>
    <div class="joined">
      <div class="with-icons card-number">
        ${joinedInput({
          id: 'number',
          label: 'Card number',
          inputmode: 'numeric',
          autocomplete: 'cc-number',
          placeholder: '1234 1234 1234 1234',
        })}
        <span class="icons" id="accepted-brands">${ACCEPTED.map(brandIcon)}</span>
        <span class="icons" id="typed-brand" hidden>${brandIcon('unknown')}</span>
      </div>
      <div class="half">
        ${joinedInput({
          id: 'expiry',
          label: 'Expiration date, month and year',
          inputmode: 'numeric',
          autocomplete: 'cc-exp',
          placeholder: 'MM / YY',
        })}
      </div>
      <div class="half with-icons">
        ${joinedInput({
          id: 'cvc',
          label: 'Security code (CVC)',
          inputmode: 'numeric',
          autocomplete: 'cc-csc',
          placeholder: 'CVC',
        })}
        <span class="icons">
          <svg class="brand" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
            <use href="#brand-cvc"></use>
          </svg>
        </span>
      </div>
    </div>
    ${messageFor('number')} ${messageFor('expiry')} ${messageFor('cvc')}
  </fieldset>`;
}

function countryGroup() {
  const countries = listCountries().map(({ code, name }) => ({ value: code, words: name }));
  return html`<fieldset class="field">
    <legend>Country or region</legend>
    <div class="joined">
      <div>${joinedSelect('country', 'Country or region', countries, 'US')}</div>
      <div id="postal-code-row">
        ${joinedInput({
          id: 'postalCode',
          label: 'Postal code',
          autocomplete: 'billing postal-code',
          placeholder: 'ZIP',
        })}
      </div>
    </div>
    ${messageFor('postalCode')}
  </fieldset>`;
}

/** What a new card needs: number, expiry, code, name, country, postal code where banks compare it. */
export function cardFields() {
  return html`${cardGroup()}
  ${textField({
    id: 'name',
    label: 'Cardholder name',
    autocomplete: 'cc-name',
    placeholder: 'Full name on card',
  })}
  ${countryGroup()}`;
}
