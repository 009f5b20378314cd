import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { buttonWords } from './button-words.ts';
import { ownWords, reuseSentence, saveBox, termsBox } from './consent-rows.ts';
import { contactRow } from './contact-row.ts';
import { challengeDialog, submitButton } from './form-end.ts';
import { hasChoice, methodChoices } from './method-choices.ts';
import { methodWords } from './method-words.ts';
import { testValuePanel } from './test-value-panel.ts';

/** Nothing to pay: the order is placed without a payment method. */
function isFree(view: CheckoutView): boolean {
  return view.mode === 'payment' && view.amount_total === 0;
}

function titleOf(view: CheckoutView, only: string): string {
  if (isFree(view)) return 'Contact information';
  const { label, group } = methodWords(only);
  if (hasChoice(view)) return view.mode === 'setup' ? 'Payment details' : 'Payment';
  if (view.mode === 'payment') return `Pay with ${group === 'card' ? 'card' : label}`;
  return group === 'card' ? 'Card details' : label;
}

export type FormSettings = {
  view: CheckoutView;
  publishableKey: string;
  /** The sandbox's month, `2026-11`: its clock can be moved, the browser's cannot. */
  month: string;
  /** What went wrong before the shopper came back here; null when nothing did. */
  alert: string | null;
};

/** The form column of both pages. Everything that the browser script must know stands in `data-`. */
export function paymentForm({ view, publishableKey, month, alert }: FormSettings) {
  const [first = 'card'] = view.payment_method_types;
  return html`<section class="payment" aria-labelledby="payment-title">
    ${testValuePanel(view.payment_method_types, month)}
    <h2 id="payment-title">${titleOf(view, first)}</h2>
    <form
      id="checkout"
      novalidate
      data-session="${view.id}"
      data-ui-mode="${view.ui_mode}"
      data-mode="${view.mode}"
      data-key="${publishableKey}"
      data-month="${month}"
      data-method="${isFree(view) ? '' : first}"
      data-email="${view.customer_email_fixed ? view.customer_email : ''}"
    >
      <div id="fields">
        ${contactRow(view)} ${isFree(view) ? '' : html`${methodChoices(view)} ${saveBox(view)}`}
        ${termsBox(view)}
      </div>
      ${ownWords(view, 'submit')}
      <div role="alert" id="form-alert" class="form-alert">${alert ?? ''}</div>
      ${submitButton(isFree(view) ? 'Complete order' : buttonWords(view, first))}
      ${ownWords(view, 'after_submit')} ${reuseSentence(view)}
    </form>
    ${challengeDialog()}
  </section>`;
}
