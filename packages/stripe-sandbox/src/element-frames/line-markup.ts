import { html } from 'hono/html';
import { brandIcon } from '../checkout-page/brand-icons.ts';
import type { Markup } from '../checkout-page/document.ts';
import { countryOf, fieldOf, inputOf } from './field-markup.ts';
import type { Field } from './field-markup.ts';

export const LINE_POSTAL: Field = {
  id: 'postalCode',
  label: 'ZIP',
  rule: 'postal',
  autocomplete: 'billing postal-code',
  placeholder: 'ZIP',
  billing: 'postal_code',
};
/** Fields in one line, as the elements of older pages have them: labels for screen readers only. */
export function line(panel: string, fields: readonly Field[], icon: Markup | '' = ''): Markup {
  const inputs = fields.map(
    (field) =>
      html`<div class="line-field" data-field="${field.id}">
        <label class="visually-hidden" for="${field.id}">${field.label}</label>
        ${inputOf(field)}
        <span class="visually-hidden" id="${field.id}-message" hidden></span>
      </div>`,
  );
  return html`<div class="line" data-panel="${panel}">${icon}${inputs}</div>`;
}

export const cardIcon = (): Markup =>
  html`<span id="brand" class="line-icon">${brandIcon('unknown')}</span>`;

export function addressFields(): Markup {
  const field = (id: string, label: string, rule: string, autocomplete: string) =>
    fieldOf({ id, label, rule, autocomplete, billing: id });
  return html`<div class="panel" data-panel="address">
    ${field('name', 'Full name', 'name', 'name')} ${countryOf('country')}
    ${field('line1', 'Address line 1', 'required', 'address-line1')}
    ${field('line2', 'Address line 2', '', 'address-line2')}
    <div class="row">
      ${field('city', 'City', 'required', 'address-level2')}
      ${field('state', 'State', '', 'address-level1')}
    </div>
    ${field('postal_code', 'ZIP or postal code', 'required', 'postal-code')}
  </div>`;
}

export function contactFields(): Markup {
  return html`<div class="panel" data-panel="contact">
    ${fieldOf({
      id: 'email',
      label: 'Email',
      rule: 'email',
      autocomplete: 'email',
      inputmode: 'email',
      billing: 'email',
    })}
  </div>`;
}
