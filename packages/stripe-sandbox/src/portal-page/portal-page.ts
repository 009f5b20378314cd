import { html } from 'hono/html';
import { brandSprite } from '../checkout-page/brand-icons.ts';
import { cardFields } from '../checkout-page/card-fields.ts';
import { htmlDocument } from '../checkout-page/document.ts';
import type { Markup } from '../checkout-page/document.ts';
import { challengeDialog, submitButton } from '../checkout-page/form-end.ts';
import { testValuePanel } from '../checkout-page/test-value-panel.ts';
import type { PortalView } from '../portal/portal-view.ts';
import { portalMethods } from './portal-methods.ts';

type PortalSettings = { view: PortalView; token: string; month: string };

function header({ account_name: merchant, owner, return_url: back }: PortalView) {
  return html`<div class="portal-top">
      ${
        back === null
          ? html`<span>${merchant}</span>`
          : html`<a class="merchant" href="${back}" rel="noreferrer">
              <svg class="back" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d="M14 8H2m5-5L2 8l5 5" />
              </svg>
              <span class="merchant-name">Return to ${merchant}</span>
            </a>`
      }
      <span class="badge">Sandbox</span>
    </div>
    <h1 id="portal-title">Your payment methods at ${merchant}</h1>
    <p class="portal-owner">${[owner.name, owner.email].filter(Boolean).join(', ')}</p>`;
}

/** The same form as a checkout page's, for a card that is kept and not charged. */
function addForm({ view, token, month }: PortalSettings) {
  return html`<section class="portal-add" aria-labelledby="add-title">
    <h2 id="add-title">Add a card</h2>
    ${testValuePanel(['card'], month)}
    <form
      id="checkout"
      novalidate
      data-session="${token}"
      data-mode="setup"
      data-key="${view.publishable_key}"
      data-month="${month}"
      data-method="card"
      data-email="${view.owner.email ?? ''}"
      data-after="${view.flow?.after_completion.redirect?.return_url ?? ''}"
    >
      <div id="fields"><div data-panel="card">${cardFields()}</div></div>
      <p class="small-print">
        By saving your card, you allow ${view.account_name} to charge it for future payments in
        accordance with their terms.
      </p>
      <div role="alert" id="form-alert" class="form-alert"></div>
      ${submitButton('Add card')}
    </form>
    ${challengeDialog()}
  </section>`;
}

/** The customer portal: what is saved, and a form to save one more. */
export function portalPage(settings: PortalSettings): Markup {
  const { view } = settings;
  const wholePortal = view.flow === null;
  return htmlDocument({
    title: `Payment methods | ${view.account_name}`,
    bodyClass: 'portal-body',
    script: '/_pages/portal.js',
    body: html`${brandSprite()}
      <main class="portal">
        ${header(view)}
        ${
          wholePortal
            ? html`<section aria-labelledby="methods-title">
                <h2 id="methods-title" tabindex="-1">Saved</h2>
                ${portalMethods(view.payment_methods)}
              </section>`
            : ''
        }
        ${addForm(settings)}
        <p class="visually-hidden" role="status" id="portal-status"></p>
      </main>`,
  });
}
