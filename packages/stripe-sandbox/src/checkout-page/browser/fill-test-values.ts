import { findField } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';

function fill(id: string, value: string): void {
  const field = findField(id);
  if (field === undefined) return;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What the shopper wrote about themselves stays. */
const isPersonal = (id: string): boolean => /name$|^email$|^postalCode$/.test(id);

/** A test value button chooses its method and fills in what it needs. */
export function wireTestValues(form: CheckoutForm): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-fill]')) {
    button.addEventListener('click', () => {
      const type = button.dataset['fillMethod'] ?? '';
      const radio = form.element.querySelector<HTMLInputElement>(`input[value="${type}"]`);
      if (radio) {
        radio.checked = true;
        radio.dispatchEvent(new Event('change', { bubbles: true }));
      }
      const values = JSON.parse(button.dataset['fill'] ?? '{}') as { [id: string]: string };
      for (const [id, value] of Object.entries({ email: 'shopper@example.com', ...values })) {
        if (!isPersonal(id) || findField(id)?.value === '') fill(id, value);
      }
      // The panel folds up again, so that the filled form and its button are in view.
      button.closest('details')?.removeAttribute('open');
      form.submit.focus();
    });
  }
}
