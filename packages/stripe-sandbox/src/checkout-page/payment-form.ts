import { html } from 'hono/html';
import { newCardFields } from './card-fields.ts';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { formatAmount } from './format-amount.ts';
import { savedCards } from './saved-cards.ts';
import { testCardPanel } from './test-card-panel.ts';

function buttonWords(view: CheckoutView): string {
  if (view.mode === 'setup') return 'Save card';
  return view.amount_total === null || view.currency === null
    ? 'Pay'
    : `Pay ${formatAmount(view.amount_total, view.currency)}`;
}

function saveBox(view: CheckoutView) {
  if (view.mode === 'setup' || !view.payment_method_save) return '';
  return html`<div class="save-box">
    <input type="checkbox" id="save" name="save" aria-describedby="save-note" />
    <div>
      <label for="save">Save payment details for future purchases</label>
      <p id="save-note">Pay faster at ${view.account_name} next time.</p>
    </div>
  </div>`;
}

/** Stripe's sentence on reuse, unless the merchant shows terms of their own (stripe.md 2.6). */
function reuseSentence(view: CheckoutView) {
  const position = view.consent_collection?.payment_method_reuse_agreement?.position;
  if (view.mode !== 'setup' || position === 'hidden') return '';
  return html`<p class="small-print">
    By saving your card, you allow ${view.account_name} to charge it for future payments in
    accordance with their terms.
  </p>`;
}

function submitButton(view: CheckoutView) {
  return html`<button type="submit" id="submit" class="submit" data-state="idle">
      <span class="submit-words" data-idle="${buttonWords(view)}">${buttonWords(view)}</span>
      <svg class="spinner" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="9" />
      </svg>
      <svg class="tick" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M5 12.5l4.5 4.5L19 7.5" />
      </svg>
    </button>
    <p class="visually-hidden" role="status" id="progress"></p>`;
}

function challengeDialog() {
  return html`<dialog
    id="challenge"
    class="challenge-dialog"
    aria-labelledby="challenge-title"
    closedby="none"
  >
    <h2 id="challenge-title" class="visually-hidden">Authenticate with your bank</h2>
    <iframe id="challenge-frame" title="3D Secure authentication"></iframe>
  </dialog>`;
}

export type FormSettings = {
  view: CheckoutView;
  publishableKey: string;
  /** The sandbox's month, `2026-11`: its clock can be moved, the browser's cannot. */
  month: string;
};

/** The form column of both pages. Everything that the browser script must know stands in `data-`. */
export function paymentForm({ view, publishableKey, month }: FormSettings) {
  const note = view.custom_text.submit?.message;
  return html`<section class="payment" aria-labelledby="payment-title">
    ${testCardPanel()}
    <h2 id="payment-title">${view.mode === 'setup' ? 'Card details' : 'Pay with card'}</h2>
    <form
      id="checkout"
      novalidate
      data-session="${view.id}"
      data-ui-mode="${view.ui_mode}"
      data-mode="${view.mode}"
      data-key="${publishableKey}"
      data-month="${month}"
    >
      ${savedCards(view.saved_payment_methods)} ${newCardFields(view.customer_email, saveBox(view))}
      ${note === undefined ? '' : html`<p class="small-print">${note}</p>`}
      <div role="alert" id="form-alert" class="form-alert"></div>
      ${submitButton(view)} ${reuseSentence(view)}
    </form>
    ${challengeDialog()}
  </section>`;
}
