import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { brandIcon } from './brand-icons.ts';
import { buttonWords } from './button-words.ts';
import { cardFields } from './card-fields.ts';
import { debitFields } from './debit-fields.ts';
import { methodWords } from './method-words.ts';
import { redirectFields } from './redirect-fields.ts';
import { savedCards } from './saved-cards.ts';

function fieldsOf(type: string, view: CheckoutView) {
  const { group } = methodWords(type);
  if (group === 'card') return cardFields();
  return group === 'debit' ? debitFields(type, view) : redirectFields(type);
}

function labelOf(type: string, view: CheckoutView): string {
  if (type === 'card' && view.saved_payment_methods.length > 0) return 'Use a different card';
  return methodWords(type).label;
}

function methodOption(type: string, view: CheckoutView, checked: boolean) {
  const { icon, group } = methodWords(type);
  return html`<div class="option" data-method="${type}">
    <label class="choice option-row">
      <input
        type="radio"
        name="method"
        value="${type}"
        data-group="${group}"
        data-button="${buttonWords(view, type)}"
        ${checked ? html`checked` : ''}
      />
      ${brandIcon(icon)}
      <span>${labelOf(type, view)}</span>
      ${
        group === 'card'
          ? html`<span class="choice-brands"
              >${['visa', 'mastercard', 'amex'].map(brandIcon)}</span
            >`
          : ''
      }
    </label>
    <div class="panel" data-panel="${type}" ${checked ? '' : html`hidden`}>
      ${fieldsOf(type, view)}
    </div>
  </div>`;
}

/** A session with one method and nothing saved has nothing to choose: the fields alone. */
export function hasChoice(view: CheckoutView): boolean {
  return view.payment_method_types.length + view.saved_payment_methods.length > 1;
}

/** Saved cards first, then every method the session takes, one open at a time. */
export function methodChoices(view: CheckoutView) {
  const types = view.payment_method_types;
  const [only = 'card'] = types;
  if (!hasChoice(view)) {
    return html`<div data-panel="${only}">${fieldsOf(only, view)}</div>`;
  }
  const nothingSaved = view.saved_payment_methods.length === 0;
  return html`<fieldset class="field choices" id="methods">
    <legend>Payment method</legend>
    <div class="options">
      ${savedCards(view)}
      ${types.map((type, index) => methodOption(type, view, nothingSaved && index === 0))}
    </div>
  </fieldset>`;
}
