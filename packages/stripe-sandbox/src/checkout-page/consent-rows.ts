import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { customText, outsideLink } from './custom-text.ts';
import { messageFor } from './form-field.ts';
import { isKept, methodWords } from './method-words.ts';

/** The box by which a shopper keeps a method for next time; it makes no sense beside a saved one. */
export function saveBox(view: CheckoutView) {
  if (view.mode === 'setup' || !view.payment_method_save) return '';
  return html`<div class="tick-box" id="save-box">
    <input type="checkbox" id="save" name="save" aria-describedby="save-note" />
    <div>
      <label for="save">Save payment details for future purchases</label>
      <p id="save-note">Pay faster at ${view.account_name} next time.</p>
    </div>
  </div>`;
}

function termsWords(view: CheckoutView) {
  const own = view.custom_text.terms_of_service_acceptance?.message;
  if (own !== undefined) return customText(own);
  return view.terms_url === null
    ? html`I agree to ${view.account_name}'s Terms of Service`
    : html`I agree to ${view.account_name}'s ${outsideLink(view.terms_url, 'Terms of Service')}`;
}

/** The box that must be ticked before anything is sent, where the session asks for it. */
export function termsBox(view: CheckoutView) {
  if (!view.terms_required) return '';
  return html`<div class="field terms">
    <div class="terms-row">
      <input
        type="checkbox"
        id="terms"
        name="terms"
        aria-required="true"
        aria-describedby="terms-message"
      />
      <label for="terms">${termsWords(view)}</label>
    </div>
    ${messageFor('terms')}
  </div>`;
}

/** Stripe's sentence on reuse, unless the merchant shows terms of their own (stripe.md 2.6). */
export function reuseSentence(view: CheckoutView) {
  const position = view.consent_collection?.payment_method_reuse_agreement?.position;
  // A debit's mandate says the same in the words of its scheme.
  const onlyDebits = view.payment_method_types.every((type) => methodWords(type).group === 'debit');
  if (!isKept(view) || position === 'hidden' || onlyDebits) return '';
  return html`<p class="small-print" id="reuse">
    ${view.mode === 'setup' ? 'By saving your payment details' : 'By confirming your payment'}, you
    allow ${view.account_name} to charge you for future payments in accordance with their terms.
  </p>`;
}

/** The merchant's own words above or below the button. */
export function ownWords(view: CheckoutView, place: 'submit' | 'after_submit') {
  const message = view.custom_text[place]?.message;
  return message === undefined ? '' : html`<p class="small-print">${customText(message)}</p>`;
}
