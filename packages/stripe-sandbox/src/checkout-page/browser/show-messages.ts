import { FIELD_NAMES, chosenSavedCard, readEntry } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { isFullLength } from './card-number.ts';
import { findElement } from './find-element.ts';
import { digitsOf, judgeEntry } from './judge-entry.ts';
import type { FieldMessages, FieldName } from './judge-entry.ts';

/** Shows or takes away the message of one field, for eyes and for screen readers. */
function showMessage(form: CheckoutForm, field: FieldName, message?: string): void {
  const place = findElement(`${field}-message`, HTMLElement);
  place.textContent = message ?? '';
  place.hidden = message === undefined;
  form.fields[field].toggleAttribute('aria-invalid', false);
  if (message !== undefined) form.fields[field].setAttribute('aria-invalid', 'true');
}

/** The sentence above the button; the empty string takes it away. */
export function showAlert(sentence: string): void {
  findElement('form-alert', HTMLElement).textContent = sentence;
}

/** What stands in the way of sending; fields that are not in use are not judged. */
export function judgeForm(form: CheckoutForm): FieldMessages {
  return chosenSavedCard(form) === undefined ? judgeEntry(readEntry(form), form.now) : {};
}

/** Shows every message, and puts the shopper at the first field that needs one. */
export function showAllMessages(form: CheckoutForm, messages: FieldMessages): void {
  for (const field of FIELD_NAMES) showMessage(form, field, messages[field]);
  const wrong = FIELD_NAMES.filter((field) => messages[field] !== undefined);
  const [first] = wrong;
  if (first === undefined) {
    showAlert('');
    return;
  }
  showAlert(
    wrong.length === 1 ? (messages[first] ?? '') : `${wrong.length} fields need your attention.`,
  );
  form.fields[first].focus();
}

/**
 * Judges a field when the shopper leaves it with something in it. While typing, a message only goes
 * away, or comes for a number that is complete and wrong.
 */
export function validateLive(form: CheckoutForm): void {
  // A message that appears under the finger moves the button away, and the press is lost: the
  // press judges everything anyway.
  let pressing = false;
  form.submit.addEventListener('pointerdown', () => (pressing = true));
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, () => (pressing = false));
  }
  for (const field of FIELD_NAMES) {
    const input = form.fields[field];
    input.addEventListener('blur', () => {
      if (input.value.trim() !== '' && !pressing) showMessage(form, field, judgeForm(form)[field]);
    });
    input.addEventListener('input', () => {
      const message = judgeForm(form)[field];
      const numberIsFull = field === 'number' && isFullLength(digitsOf(input.value));
      if (message === undefined || numberIsFull) showMessage(form, field, message);
    });
  }
}
