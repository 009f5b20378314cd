import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { formatAmount } from './format-amount.ts';
import { savedThing } from './method-words.ts';

function merchantRow(view: CheckoutView) {
  const mark = html`<span class="merchant-mark" aria-hidden="true"
    >${view.account_name.charAt(0).toUpperCase()}</span
  >`;
  const name = html`<span class="merchant-name">${view.account_name}</span>`;
  if (view.cancel_url === null) return html`<div class="merchant">${mark}${name}</div>`;
  return html`<a class="merchant" href="${view.cancel_url}" rel="noreferrer">
    <svg class="back" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M14 8H2m5-5L2 8l5 5" />
    </svg>
    ${mark}<span class="visually-hidden">Back to </span>${name}
  </a>`;
}

type LineItem = CheckoutView['line_items'][number];

function quantityNote({ quantity, unit_amount: each }: LineItem, currency: string) {
  if ((quantity ?? 1) <= 1) return '';
  const price = each === null ? '' : `, ${formatAmount(each, currency)} each`;
  return html`<span class="item-note">Qty ${quantity}${price}</span>`;
}

function lineItemRow(item: LineItem, currency: string) {
  return html`<li>
    <div>
      <span class="item-name">${item.description ?? 'Item'}</span>
      ${quantityNote(item, currency)}
    </div>
    <span>${formatAmount(item.amount_total, currency)}</span>
  </li>`;
}

function paymentSummary(view: CheckoutView) {
  const { amount_total: amount, currency } = view;
  if (amount === null || currency === null) return html`<h1>Pay ${view.account_name}</h1>`;
  return html`<h1>
      <span class="pay-whom">Pay ${view.account_name}</span>
      <span class="amount">${formatAmount(amount, currency)}</span>
    </h1>
    <ul class="line-items">
      ${view.line_items.map((item) => lineItemRow(item, currency))}
    </ul>
    <p class="total"><span>Total due</span> <span>${formatAmount(amount, currency)}</span></p>`;
}

function setupSummary(view: CheckoutView) {
  const [only = 'card', ...others] = view.payment_method_types;
  const thing = others.length === 0 ? savedThing(only) : 'payment method';
  return html`<h1>Save payment details</h1>
    <p class="summary-note">
      Nothing is charged now. ${view.account_name} can use this ${thing} for payments you agreed to.
    </p>`;
}

/** The left column of the hosted page: who is paid, how much, for what, and the way back. */
export function summaryColumn(view: CheckoutView) {
  return html`<section class="summary" aria-label="Summary">
    ${merchantRow(view)} ${view.mode === 'setup' ? setupSummary(view) : paymentSummary(view)}
  </section>`;
}
