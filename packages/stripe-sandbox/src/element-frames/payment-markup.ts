import { html } from 'hono/html';
import { brandIcon } from '../checkout-page/brand-icons.ts';
import type { Markup } from '../checkout-page/document.ts';
import {
  AU_ACCOUNT,
  BSB,
  CARD_CVC,
  CARD_EXPIRY,
  CARD_NUMBER,
  IBAN,
  countryOf,
  fieldOf,
} from './field-markup.ts';
import type { Field } from './field-markup.ts';

function nameField(panel: string, label: string): Field {
  return { id: `${panel}-name`, label, rule: 'name', autocomplete: 'name', billing: 'name' };
}

function emailField(panel: string): Field {
  return {
    id: `${panel}-email`,
    label: 'Email',
    rule: 'email',
    autocomplete: 'email',
    inputmode: 'email',
    placeholder: 'you@example.com',
    billing: 'email',
  };
}

/** The words a shopper agrees to; the script puts the merchant's name in. */
function terms(text: Markup): Markup {
  return html`<p class="terms" data-terms>${text}</p>`;
}

const merchant = html`<span data-merchant></span>`;

function cardPanel(): Markup {
  return html`${fieldOf(
      CARD_NUMBER,
      html`<span class="box-icon" id="brand">${brandIcon('unknown')}</span>`,
    )}
    <div class="row">${fieldOf(CARD_EXPIRY)} ${fieldOf(CARD_CVC)}</div>
    <div class="row">
      ${countryOf('country')}
      ${fieldOf({
        id: 'postalCode',
        label: 'ZIP code',
        rule: 'postal',
        autocomplete: 'billing postal-code',
        placeholder: '12345',
        billing: 'postal_code',
      })}
    </div>
    ${terms(
      html`By providing your card information, you allow ${merchant} to charge your card for future
      payments in accordance with their terms.`,
    )}`;
}

function sepaPanel(): Markup {
  return html`${fieldOf(IBAN)} ${fieldOf(nameField('sepa', 'Full name'))}
  ${fieldOf(emailField('sepa'))}
  ${terms(
    html`By providing your IBAN and confirming, you authorise ${merchant} and its payment service
    provider to send instructions to your bank to debit your account, and your bank to debit it in
    accordance with those instructions. You can claim a refund from your bank under the terms of
    your agreement with it, within eight weeks of the debit. Notices of a debit may reach you up to
    two days before it.`,
  )}`;
}

function becsPanel(): Markup {
  return html`<div class="row">${fieldOf(BSB)} ${fieldOf(AU_ACCOUNT)}</div>
    ${fieldOf(nameField('becs', 'Name on bank account'))} ${fieldOf(emailField('becs'))}
    ${terms(
      html`By providing your bank account details and confirming, you agree to this Direct Debit
      Request and its service agreement, and authorise ${merchant}’s payment service provider to
      debit your account through the Bulk Electronic Clearing System (BECS) on its behalf, for any
      amounts it separately tells you about. You confirm that you are the account holder or an
      authorised signatory of the account.`,
    )}`;
}

function choice(id: string, label: string, options: [string, string][]): Markup {
  return html`<div class="field" data-field="${id}">
    <label for="${id}">${label}</label>
    <select id="${id}" name="${id}">
      ${options.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
    </select>
  </div>`;
}

function usBankPanel(): Markup {
  const account = (id: string, label: string, rule: string, placeholder: string): Field => ({
    id: `us-${id}`,
    label,
    rule,
    placeholder,
    autocomplete: 'off',
    inputmode: 'numeric',
  });
  return html`<div class="row">
      ${choice('us-holder', 'Account holder', [
        ['individual', 'Individual'],
        ['company', 'Company'],
      ])}
      ${choice('us-type', 'Account type', [
        ['checking', 'Checking'],
        ['savings', 'Savings'],
      ])}
    </div>
    <div class="row">
      ${fieldOf(account('routing', 'Routing number', 'routing', '110000000'))}
      ${fieldOf(account('account', 'Account number', 'us_account', '000123456789'))}
    </div>
    ${fieldOf(nameField('us', 'Full name'))} ${fieldOf(emailField('us'))}
    ${terms(
      html`By confirming, you authorize ${merchant} to debit the bank account above for amounts you
      owe for your purchases from it, and, where needed, to credit it to correct a wrong debit. Your
      account is verified by a small deposit that arrives in 1 to 2 business days.`,
    )}`;
}

function redirectPanel(): Markup {
  return html`${fieldOf(nameField('redirect', 'Full name'))} ${fieldOf(emailField('redirect'))}
    <p class="leaving">
      After submission, you will be redirected to securely complete next steps.
    </p>`;
}

function panel(name: string, fields: Markup): Markup {
  return html`<div class="panel" data-panel="${name}" hidden>${fields}</div>`;
}

/** One press fills in what a test needs; the script puts the method's other values into the list. */
function testValueRow(): Markup {
  return html`<div class="tests" id="tests">
    <span class="badge">Sandbox</span>
    <button type="button" id="fill">Fill in test values</button>
    <select id="other-values" aria-label="Other test values"></select>
  </div>`;
}

/** The Payment Element: tabs, a panel for each method, and the box that saves. */
export function paymentFields(): Markup {
  return html`${testValueRow()}
    <fieldset class="tabs" id="tabs">
      <legend class="visually-hidden">Payment method</legend>
    </fieldset>
    ${panel('card', cardPanel())} ${panel('sepa_debit', sepaPanel())}
    ${panel('au_becs_debit', becsPanel())} ${panel('us_bank_account', usBankPanel())}
    ${panel('redirect', redirectPanel())}
    <label class="save" id="save-row" hidden>
      <input type="checkbox" id="save" name="save" />
      <span>Save payment details to ${merchant} for future purchases</span>
    </label>
    <p class="visually-hidden" role="status" id="status"></p>`;
}
