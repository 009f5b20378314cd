import { html } from 'hono/html';
import { brandSprite } from './brand-icons.ts';
import { htmlDocument } from './document.ts';
import type { Markup } from './document.ts';
import { paymentForm } from './payment-form.ts';
import type { FormSettings } from './payment-form.ts';
import { summaryColumn } from './summary-column.ts';

const SCRIPT = '/_pages/checkout.js';

/** The whole page at `/c/pay/:cs`. */
export function hostedCheckoutPage(settings: FormSettings): Markup {
  const { view } = settings;
  return htmlDocument({
    title: `${view.mode === 'setup' ? 'Save payment details' : 'Pay'} | ${view.account_name}`,
    bodyClass: 'hosted',
    script: SCRIPT,
    body: html`${brandSprite()}
      <main class="columns">
        <div class="column-left">
          <div class="column-inner">
            ${summaryColumn(view)}
            <p class="colophon">Local Stripe sandbox. Nothing here reaches a bank.</p>
          </div>
        </div>
        <div class="column-right">
          <div class="column-inner">${paymentForm(settings)}</div>
        </div>
      </main>`,
  });
}

/**
 * The page at `/embedded/:cs` for whoever asks: nothing of the session stands in it. Its script sends
 * the client secret that stands in the fragment and gets the rest.
 */
export function embeddedShell(sessionId: string): Markup {
  return htmlDocument({
    title: 'Secure payment form',
    bodyClass: 'embedded',
    script: SCRIPT,
    body: html`<div id="embedded-root" data-load="${sessionId}" aria-busy="true">
      <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
    </div>`,
  });
}

/** What the shell is filled with: the form, with the amount above it, inside the merchant's page. */
export function embeddedCheckout(settings: FormSettings): Markup {
  const { view } = settings;
  return html`${brandSprite()}
    <main aria-label="Secure payment form">
      ${summaryColumn({ ...view, cancel_url: null })} ${paymentForm(settings)}
      <p class="colophon">Local Stripe sandbox. Nothing here reaches a bank.</p>
    </main>`;
}
