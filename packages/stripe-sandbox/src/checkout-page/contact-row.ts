import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { textField } from './form-field.ts';

/** The shopper's e-mail address: a field, or, when the merchant knows it, a line that stays. */
export function contactRow(view: CheckoutView) {
  if (view.customer_email_fixed && view.customer_email !== null) {
    return html`<dl class="field contact">
      <dt>Email</dt>
      <dd>${view.customer_email}</dd>
    </dl>`;
  }
  return textField({
    id: 'email',
    label: 'Email',
    type: 'email',
    inputmode: 'email',
    autocomplete: 'email',
    placeholder: 'email@example.com',
    value: view.customer_email ?? '',
  });
}
