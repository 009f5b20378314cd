import { brandOf } from './card-number.ts';
import { findField, readField } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { findElement } from './find-element.ts';
import { keepFormatted } from './formatted-input.ts';
import { findMethodForm } from './methods/find-method-form.ts';
import { digitsOf } from './methods/method-form.ts';

function showBrand(number: string): void {
  const brand = brandOf(digitsOf(number));
  const accepted = findElement('accepted-brands', HTMLElement);
  const typed = findElement('typed-brand', HTMLElement);
  accepted.hidden = digitsOf(number) !== '';
  typed.hidden = !accepted.hidden;
  typed.querySelector('use')?.setAttribute('href', `#brand-${brand}`);
}

/** Keeps every field of the page's method forms as it is written on cards and statements. */
export function wireFormatting({ element }: CheckoutForm): void {
  for (const panel of element.querySelectorAll<HTMLElement>('[data-panel]')) {
    const { formats } = findMethodForm(panel.dataset['panel'] ?? '');
    for (const [id, format] of Object.entries(formats)) {
      const field = findField(id);
      if (!(field instanceof HTMLInputElement)) continue;
      keepFormatted(field, (text, adding) => format(text, adding, readField));
    }
  }
  const number = findField('number');
  number?.addEventListener('input', () => showBrand(number.value));
}
