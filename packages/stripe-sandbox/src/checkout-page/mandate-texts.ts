import { html } from 'hono/html';
import type { CheckoutView } from '../checkout/checkout-view.ts';
import { buttonWords } from './button-words.ts';
import { isKept } from './method-words.ts';

/** SEPA: whom the shopper allows to debit, and the refund the scheme gives them. */
export function sepaMandate(view: CheckoutView) {
  return html`<p class="mandate">
    By providing your IBAN and confirming, you authorise ${view.account_name} and its payment
    service provider to send instructions to your bank to debit your account, and your bank to debit
    it in accordance with those instructions. You can claim a refund from your bank under the terms
    of your agreement with it, within eight weeks of the debit. Your rights are explained in a
    statement that you can get from your bank. Notices of a debit may reach you up to two days
    before it.
  </p>`;
}

/** BECS: the request to debit, which the Direct Debit Request Service Agreement governs. */
export function becsMandate(view: CheckoutView) {
  return html`<p class="mandate">
    By providing your bank account details and confirming, you agree to this Direct Debit Request
    and its service agreement, and authorise ${view.account_name}'s payment service provider to
    debit your account through the Bulk Electronic Clearing System (BECS) on behalf of
    ${view.account_name}, for any amounts they separately tell you about. You confirm that you are
    the account holder or an authorised signatory of the account.
  </p>`;
}

/** ACH: one debit, or this and later ones when the account is kept. */
export function usBankMandate(view: CheckoutView) {
  const button = buttonWords(view, 'us_bank_account');
  return html`<p class="mandate">
      By pressing “${button}”, you authorize ${view.account_name} to debit the bank account above
      ${
        isKept(view)
          ? 'for amounts you owe for your use of its services and purchases from it, until you revoke this authorization'
          : 'for the amount shown'
      },
      and, where needed, to credit it to correct a wrong debit.
      ${
        isKept(view)
          ? `You can change or cancel this authorization at any time by telling ${view.account_name} 30 days ahead.`
          : ''
      }
    </p>
    <p class="mandate">
      Your account is verified by a small deposit that arrives in 1 to 2 business days. You get an
      email with the next step.
    </p>`;
}
