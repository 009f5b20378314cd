import { html } from 'hono/html';
import type { Markup } from './document.ts';
import { brandIcon } from './brand-icons.ts';
import { listCountries } from './list-countries.ts';

const ACCEPTED = ['visa', 'mastercard', 'amex', 'discover'];

/** Where a field's message appears; `aria-describedby` of the field points here from the start. */
function messageFor(field: string) {
  return html`<p class="field-message" id="${field}-message" hidden></p>`;
}

function emailRow(email: string | null) {
  return html`<div class="field">
    <label for="email">Email</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="email"
      inputmode="email"
      spellcheck="false"
      aria-describedby="email-message"
      value="${email ?? ''}"
      ${email === null ? '' : html`readonly`}
    />
    ${messageFor('email')}
  </div>`;
}

function cardGroup() {
  return html`<fieldset class="field card-group">
    <legend>Card information</legend>
    <div class="joined">
      <div class="with-icons card-number">
        <label class="visually-hidden" for="number">Card number</label>
        <input
          id="number"
          name="number"
          inputmode="numeric"
          autocomplete="cc-number"
          placeholder="1234 1234 1234 1234"
          aria-describedby="number-message"
        />
        <span class="icons" id="accepted-brands">${ACCEPTED.map(brandIcon)}</span>
        <span class="icons" id="typed-brand" hidden>${brandIcon('unknown')}</span>
      </div>
      <div class="card-expiry">
        <label class="visually-hidden" for="expiry">Expiration date, month and year</label>
        <input
          id="expiry"
          name="expiry"
          inputmode="numeric"
          autocomplete="cc-exp"
          placeholder="MM / YY"
          aria-describedby="expiry-message"
        />
      </div>
      <div class="card-cvc">
        <label class="visually-hidden" for="cvc">Security code (CVC)</label>
        <input
          id="cvc"
          name="cvc"
          inputmode="numeric"
          autocomplete="cc-csc"
          placeholder="CVC"
          aria-describedby="cvc-message"
        />
      </div>
    </div>
    ${messageFor('number')} ${messageFor('expiry')} ${messageFor('cvc')}
  </fieldset>`;
}

function countryGroup() {
  const options = listCountries().map(
    ({ code, name }) =>
      html`<option value="${code}" ${code === 'US' ? html`selected` : ''}>${name}</option>`,
  );
  return html`<fieldset class="field">
    <legend>Country or region</legend>
    <div class="joined">
      <div>
        <label class="visually-hidden" for="country">Country or region</label>
        <select id="country" name="country" autocomplete="billing country">
          ${options}
        </select>
      </div>
      <div id="postal-code-row">
        <label class="visually-hidden" for="postalCode">Postal code</label>
        <input
          id="postalCode"
          name="postalCode"
          autocomplete="billing postal-code"
          placeholder="ZIP"
          aria-describedby="postalCode-message"
        />
      </div>
    </div>
    ${messageFor('postalCode')}
  </fieldset>`;
}

/**
 * What a new card needs: e-mail (one that is `given` cannot be changed), card, name, country, and
 * `saveBox`, which makes no sense beside a card that is saved already.
 */
export function newCardFields(given: string | null, saveBox: Markup | '') {
  return html`<div id="new-card">
    ${emailRow(given)} ${cardGroup()}
    <div class="field">
      <label for="name">Cardholder name</label>
      <input
        id="name"
        name="name"
        autocomplete="cc-name"
        placeholder="Full name on card"
        spellcheck="false"
        aria-describedby="name-message"
      />
      ${messageFor('name')}
    </div>
    ${countryGroup()} ${saveBox}
  </div>`;
}
