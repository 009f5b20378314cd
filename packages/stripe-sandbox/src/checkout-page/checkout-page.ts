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

/** The page at `/embedded/:cs`: the form, with the amount above it, inside the merchant's page. */
export function embeddedCheckoutPage(settings: FormSettings): Markup {
  const { view } = settings;
  return htmlDocument({
    title: 'Secure payment form',
    bodyClass: 'embedded',
    script: SCRIPT,
    body: html`${brandSprite()}
      <main aria-label="Secure payment form">
        ${summaryColumn({ ...view, cancel_url: null })} ${paymentForm(settings)}
        <p class="colophon">Local Stripe sandbox. Nothing here reaches a bank.</p>
      </main>`,
  });
}
