import { html } from 'hono/html';
import { brandIcon } from './brand-icons.ts';

/** The cards a person reaches for first; every other number of Stripe's can be typed. */
const TEST_CARDS = [
  { brand: 'visa', number: '4242424242424242', does: 'Succeeds' },
  { brand: 'mastercard', number: '5555555555554444', does: 'Succeeds' },
  { brand: 'visa', number: '4000002500003155', does: 'Authenticate once' },
  { brand: 'visa', number: '4000002760003184', does: 'Authenticate always' },
  { brand: 'visa', number: '4000000000000341', does: 'Saved, declined later' },
  { brand: 'visa', number: '4000000000000002', does: 'Declined' },
  { brand: 'visa', number: '4000000000009995', does: 'Insufficient funds' },
];

function testCardButton({ brand, number, does }: (typeof TEST_CARDS)[number]) {
  const shown = number.replace(/(.{4})(?=.)/g, '$1 ');
  return html`<li>
    <button type="button" class="test-card" data-test-card="${number}">
      ${brandIcon(brand)}<span class="test-card-number">${shown}</span>
      <span class="test-card-does">${does}</span>
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
