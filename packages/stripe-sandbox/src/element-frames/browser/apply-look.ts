import type { FrameOptions } from '../../stripe-js/element-messages.ts';

/** Puts theme and variables on the root, where the stylesheet reads them as custom properties. */
export function applyLook({ look, layout }: FrameOptions): void {
  const root = document.documentElement;
  root.dataset['theme'] = look.theme;
  root.dataset['layout'] = layout ?? 'tabs';
  root.removeAttribute('style');
  for (const [name, value] of Object.entries(look.variables)) {
    if (/^[a-zA-Z0-9]+$/.test(name)) root.style.setProperty(`--${name}`, value);
  }
}

/** Placeholder, disabled, and the fields that the page collects by itself. */
export function applyOptions(options: FrameOptions): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('#form input[data-rule]')) {
    input.disabled = options.disabled ?? false;
  }
  const [only, ...others] = document.querySelectorAll<HTMLInputElement>('.line input');
  if (only && others.length === 0 && options.placeholder !== undefined) {
    only.placeholder = options.placeholder;
  }
  const hidden = [...(options.hiddenFields ?? [])];
  if (options.hidePostalCode) hidden.push('postal_code');
  for (const field of document.querySelectorAll<HTMLElement>('[data-billing]')) {
    const row = field.closest<HTMLElement>('[data-field]');
    if (row) row.hidden = hidden.includes(field.dataset['billing'] ?? '');
  }
}

/** What the page knows of the shopper already; once, so that a field that is emptied stays empty. */
export function presetFields({ defaults = {} }: FrameOptions): void {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-billing]');
  for (const field of fields) {
    const preset = defaults[field.dataset['billing'] ?? ''];
    if (preset !== undefined) field.value = preset;
  }
}
