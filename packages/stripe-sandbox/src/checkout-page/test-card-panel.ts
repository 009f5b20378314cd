import { html } from 'hono/html';

/** The cards a person reaches for first; every other number of Stripe's can be typed. */
const TEST_CARDS = [
  { number: '4242424242424242', does: 'Succeeds', brand: 'Visa' },
  { number: '5555555555554444', does: 'Succeeds', brand: 'Mastercard' },
  { number: '4000002500003155', does: 'Asks to authenticate once', brand: 'Visa' },
  { number: '4000002760003184', does: 'Asks to authenticate every time', brand: 'Visa' },
  { number: '4000000000000341', does: 'Can be saved, is declined later', brand: 'Visa' },
  { number: '4000000000000002', does: 'Is declined', brand: 'Visa' },
  { number: '4000000000009995', does: 'Is declined: insufficient funds', brand: 'Visa' },
];

function testCardButton({ number, does, brand }: (typeof TEST_CARDS)[number]) {
  const shown = number.replace(/(.{4})(?=.)/g, '$1 ');
  return html`<li>
    <button type="button" class="test-card" data-test-card="${number}">
      <span class="test-card-number">${shown}</span>
      <span class="test-card-does">${brand}. ${does}</span>
    </button>
  </li>`;
}

/** Says that this is the sandbox, and fills in the form by one press. */
export function testCardPanel() {
  return html`<details class="test-cards">
    <summary>
      <span class="badge">Sandbox</span>
      <span class="test-cards-words">No real money.</span>
      <span class="test-cards-open">Test cards</span>
    </summary>
    <ul>
      ${TEST_CARDS.map(testCardButton)}
    </ul>
  </details>`;
}
