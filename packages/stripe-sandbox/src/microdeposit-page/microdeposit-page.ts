import type Stripe from 'stripe';
import { html } from 'hono/html';
import type { WaitingIntent } from '../challenge-page/find-waiting-intent.ts';
import { htmlDocument } from '../checkout-page/document.ts';
import type { Markup } from '../checkout-page/document.ts';

type DepositType = Stripe.PaymentIntent.NextAction.VerifyWithMicrodeposits.MicrodepositType;

/** stripe.md 8.2: what is typed, as one press fills it in. */
const TEST_AMOUNTS = [
  { fill: { first: '32', second: '45' }, shown: '$0.32 and $0.45', does: 'Verified' },
  { fill: { first: '10', second: '11' }, shown: '$0.10 and $0.11', does: 'Too many attempts' },
  { fill: { first: '40', second: '41' }, shown: '$0.40 and $0.41', does: 'Expired' },
  { fill: { first: '01', second: '02' }, shown: '$0.01 and $0.02', does: 'Wrong amounts' },
];
const TEST_CODES = [
  { fill: { code: 'SM11AA' }, shown: 'SM11AA', does: 'Verified' },
  { fill: { code: 'SM33CC' }, shown: 'SM33CC', does: 'Too many attempts' },
  { fill: { code: 'SM44DD' }, shown: 'SM44DD', does: 'Expired' },
  { fill: { code: 'SM00XX' }, shown: 'SM00XX', does: 'Wrong code' },
];

function testValues(type: DepositType) {
  const values = type === 'amounts' ? TEST_AMOUNTS : TEST_CODES;
  return html`<details class="test-cards" open>
    <summary>
      <span class="badge">Sandbox</span>
      <span class="test-cards-words">No real money.</span>
      <span class="test-cards-open">Test values</span>
    </summary>
    <ul>
      ${values.map(
        ({ fill, shown, does }) =>
          html`<li>
            <button type="button" class="test-card" data-fill="${JSON.stringify(fill)}">
              <span class="test-card-number">${shown}</span>
              <span class="test-card-does">${does}</span>
            </button>
          </li>`,
      )}
    </ul>
  </details>`;
}

function amountInput(id: string, label: string) {
  return html`<div class="half with-prefix">
    <label class="visually-hidden" for="${id}">${label}, in cents</label>
    <span class="prefix" aria-hidden="true">$0.</span>
    <input
      id="${id}"
      inputmode="numeric"
      autocomplete="off"
      maxlength="2"
      placeholder="00"
      aria-describedby="deposits-message"
    />
  </div>`;
}

function entryFields(type: DepositType) {
  if (type === 'amounts') {
    return html`<fieldset class="field">
      <legend>Amounts of the two deposits</legend>
      <div class="joined">
        ${amountInput('first', 'First deposit')} ${amountInput('second', 'Second deposit')}
      </div>
      <p class="field-message" id="deposits-message" hidden></p>
    </fieldset>`;
  }
  return html`<div class="field">
    <label for="code">Code, six characters starting with SM</label>
    <input
      id="code"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      maxlength="6"
      placeholder="SM0000"
      aria-describedby="deposits-message"
    />
    <p class="field-message" id="deposits-message" hidden></p>
  </div>`;
}

function explanation(type: DepositType, merchant: string) {
  return type === 'amounts'
    ? html`<p>
        Two small deposits were sent to the bank account you gave ${merchant}. Enter their amounts,
        as your bank statement shows them.
      </p>`
    : html`<p>
        A deposit of $0.01 was sent to the bank account you gave ${merchant}. Enter the code that
        stands in its description on your bank statement.
      </p>`;
}

/** Where the owner of a bank account proves that it is theirs; nothing about the account stands here. */
export function microdepositPage({ intent, merchant, publishableKey }: WaitingIntent): Markup {
  const type = intent.next_action?.verify_with_microdeposits?.microdeposit_type ?? 'amounts';
  return htmlDocument({
    title: `Verify your bank account | ${merchant}`,
    bodyClass: 'challenge',
    script: '/_pages/microdeposits.js',
    body: html`<main class="challenge-card wide" aria-labelledby="deposits-title">
      <div id="deposits-entry">
        ${testValues(type)}
        <h1 id="deposits-title">Verify your bank account</h1>
        ${explanation(type, merchant)}
        <form
          id="deposits"
          novalidate
          data-intent="${intent.id}"
          data-key="${publishableKey}"
          data-type="${type}"
        >
          ${entryFields(type)}
          <div role="alert" id="deposits-alert" class="form-alert"></div>
          <button type="submit" class="submit" id="verify" data-state="idle">
            <span class="submit-words">Verify bank account</span>
            <svg class="spinner" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
              <circle cx="12" cy="12" r="9" />
            </svg>
          </button>
        </form>
      </div>
      <div id="deposits-end" class="deposits-end" hidden>
        <p class="challenge-badge"><span class="badge">Sandbox</span></p>
        <h1 id="deposits-end-title" tabindex="-1"></h1>
        <p id="deposits-end-words"></p>
      </div>
    </main>`,
  });
}
