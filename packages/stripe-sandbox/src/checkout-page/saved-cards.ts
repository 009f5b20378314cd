import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { brandIcon } from './brand-icons.ts';
import { brandName, shortBrandName } from './brand-names.ts';

type SavedCard = CheckoutView['saved_payment_methods'][number];

/** The button, and the question it asks first: taking a card away cannot be undone. */
function removal(id: string, name: string) {
  return html`<button type="button" class="remove" aria-label="Remove ${name}">Remove</button>
    <div class="remove-question" role="group" aria-label="Remove ${name}?" hidden>
      <span>Remove ${name}?</span>
      <div>
        <button type="button" class="small danger" data-remove="${id}">Yes, remove</button>
        <button type="button" class="small" data-keep>Keep</button>
      </div>
    </div>`;
}

function savedCardRow(card: SavedCard, index: number, removable: boolean) {
  const expiry = `${String(card.exp_month).padStart(2, '0')} / ${String(card.exp_year).slice(-2)}`;
  const name = `${brandName(card.brand)} ending in ${card.last4}`;
  return html`<div class="option saved" data-saved="${card.id}" data-name="${name}">
    <div class="option-row">
      <label class="choice">
        <input type="radio" name="method" value="${card.id}" ${index === 0 ? html`checked` : ''} />
        ${brandIcon(card.brand)}
        <span class="choice-words">
          <span class="visually-hidden">${name}, expires ${expiry}</span>
          <span aria-hidden="true">${shortBrandName(card.brand)} •••• ${card.last4}</span>
          <span class="choice-note" aria-hidden="true">Expires ${expiry}</span>
        </span>
      </label>
      ${removable ? removal(card.id, name) : ''}
    </div>
  </div>`;
}

/** The shopper's saved cards, newest first; the first is chosen. */
export function savedCards(view: CheckoutView) {
  return view.saved_payment_methods.map((card, index) =>
    savedCardRow(card, index, view.payment_method_remove),
  );
}
