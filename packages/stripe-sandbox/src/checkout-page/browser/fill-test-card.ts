import type { CheckoutForm } from './checkout-form.ts';
import type { FieldName } from './judge-entry.ts';

function fill(form: CheckoutForm, field: FieldName, value: string): void {
  const input = form.fields[field];
  if (input.readOnly) return;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The test card buttons fill the form; what the shopper wrote as e-mail and name stays. */
export function wireTestCards(form: CheckoutForm): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-test-card]')) {
    button.addEventListener('click', () => {
      const another = form.element.querySelector<HTMLInputElement>('input[value="new"]');
      if (another) {
        another.checked = true;
        another.dispatchEvent(new Event('change', { bubbles: true }));
      }
      fill(form, 'number', button.dataset['testCard'] ?? '');
      fill(form, 'expiry', `12${String(form.now.year + 4).slice(-2)}`);
      fill(form, 'cvc', '123');
      if (form.fields.email.value === '') fill(form, 'email', 'shopper@example.com');
      if (form.fields.name.value === '') fill(form, 'name', 'Test Shopper');
      if (form.fields.postalCode.value === '') fill(form, 'postalCode', '94107');
      // The panel folds up again, so that the filled form and its button are in view.
      button.closest('details')?.removeAttribute('open');
      form.submit.focus();
    });
  }
}
