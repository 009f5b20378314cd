import { html } from 'hono/html';
import { brandIcon } from './brand-icons.ts';
import type { CheckoutView } from '../checkout/checkout-view.ts';

type SavedCard = CheckoutView['saved_payment_methods'][number];

const BRAND_NAMES: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

function savedCardRow(card: SavedCard, index: number) {
  const expiry = `${String(card.exp_month).padStart(2, '0')} / ${String(card.exp_year).slice(-2)}`;
  return html`<label class="choice">
    <input type="radio" name="method" value="${card.id}" ${index === 0 ? html`checked` : ''} />
    ${brandIcon(card.brand)}
    <span>${BRAND_NAMES[card.brand] ?? 'Card'} ending in ${card.last4}</span>
    <span class="choice-note">${expiry}</span>
  </label>`;
}

/** The shopper's saved cards, and a new one as the last choice. Nothing when none is saved. */
export function savedCards(cards: readonly SavedCard[]) {
  if (cards.length === 0) return '';
  return html`<fieldset class="field choices" id="saved-cards">
    <legend>Payment method</legend>
    ${cards.map(savedCardRow)}
    <label class="choice">
      <input type="radio" name="method" value="new" />
      ${brandIcon('unknown')}
      <span>Use a different card</span>
    </label>
  </fieldset>`;
}
