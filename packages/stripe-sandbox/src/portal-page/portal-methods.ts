import { html } from 'hono/html';
import { brandIcon } from '../checkout-page/brand-icons.ts';
import { brandName } from '../checkout-page/brand-names.ts';
import { methodWords } from '../checkout-page/method-words.ts';
import type { PortalMethod } from '../portal/portal-view.ts';

function nameOf({ type, brand, last4 }: PortalMethod): string {
  const name = type === 'card' ? brandName(brand ?? '') : methodWords(type).label;
  return last4 === null ? name : `${name} ending in ${last4}`;
}

function noteOf({ exp_month: month, exp_year: year }: PortalMethod): string {
  if (month === null || year === null) return 'Bank account';
  return `Expires ${String(month).padStart(2, '0')} / ${String(year).slice(-2)}`;
}

function actions(method: PortalMethod, name: string) {
  return html`<div class="portal-actions">
      ${
        method.is_default
          ? html`<span class="portal-default">Default</span>`
          : html`<button
              type="button"
              class="remove"
              data-act="default"
              data-id="${method.id}"
              aria-label="Make default: ${name}"
            >
              Make default
            </button>`
      }
      <button type="button" class="remove" data-ask aria-label="Remove ${name}">Remove</button>
    </div>
    <div class="remove-question" role="group" aria-label="Remove ${name}?" hidden>
      <span>Remove ${name}?</span>
      <div>
        <button type="button" class="small danger" data-act="detach" data-id="${method.id}">
          Yes, remove
        </button>
        <button type="button" class="small" data-keep>Keep</button>
      </div>
    </div>`;
}

/** The saved methods, each with what can be done to it. */
export function portalMethods(methods: readonly PortalMethod[]) {
  if (methods.length === 0) {
    return html`<p class="portal-empty" id="portal-methods">No payment method is saved.</p>`;
  }
  return html`<ul class="options portal-methods" id="portal-methods">
    ${methods.map((method) => {
      const name = nameOf(method);
      return html`<li class="option" data-name="${name}">
        <div class="option-row">
          <div class="portal-method">
            ${brandIcon(method.brand ?? methodWords(method.type).icon)}
            <span>${name}<span class="choice-note">${noteOf(method)}</span></span>
          </div>
          ${actions(method, name)}
        </div>
      </li>`;
    })}
  </ul>`;
}
