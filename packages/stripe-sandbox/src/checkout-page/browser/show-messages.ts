import { chosenForm, fieldsInUse, findField } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { findElement } from './find-element.ts';
import { judgeForm } from './judge-form.ts';
import type { FieldMessages } from './methods/method-form.ts';

/** Shows or takes away the message of one field, for eyes and for screen readers. */
function showMessage(id: string, message?: string): void {
  const place = findElement(`${id}-message`, HTMLElement);
  place.textContent = message ?? '';
  place.hidden = message === undefined;
  if (message === undefined) findField(id)?.removeAttribute('aria-invalid');
  else findField(id)?.setAttribute('aria-invalid', 'true');
}

/**
 * The sentence above the button; the empty string takes it away. `said` is for a sentence that eyes
 * have at a field already: it is read out and not shown.
 */
export function showAlert(sentence: string, how: 'shown' | 'said' = 'shown'): void {
  const place = findElement('form-alert', HTMLElement);
  place.classList.toggle('visually-hidden', how === 'said');
  place.textContent = sentence;
}

/** Shows every message, and puts the shopper at the first field that needs one. */
export function showAllMessages(form: CheckoutForm, messages: FieldMessages): void {
  const inUse = fieldsInUse(form);
  for (const id of inUse) showMessage(id, messages[id]);
  const wrong = inUse.filter((id) => messages[id] !== undefined);
  const [first] = wrong;
  if (first === undefined) return showAlert('');
  const one = wrong.length === 1;
  showAlert(one ? (messages[first] ?? '') : `${wrong.length} fields need your attention.`, 'said');
  findField(first)?.focus();
}

/** The field that an error of the server speaks of; undefined when it is about none in use. */
export function fieldOfParam(form: CheckoutForm, param: string | null): string | undefined {
  if (param === null) return undefined;
  // The innermost name: `payment_method_data[sepa_debit][iban]` is about the IBAN.
  const name = param.split(/[[\].]+/).findLast((part) => part !== '') ?? '';
  const names: { [param: string]: string } = {
    ...chosenForm(form)?.params,
    termsAccepted: 'terms',
    terms_of_service: 'terms',
  };
  const id = names[name] ?? name;
  return fieldsInUse(form).includes(id) ? id : undefined;
}

/**
 * Judges a field when the shopper leaves it with something in it. While typing, a message only goes
 * away, or comes for a field that is complete and wrong.
 */
export function validateLive(form: CheckoutForm): void {
  // A message that appears under the finger moves the button away, and the press is lost: the
  // press judges everything anyway.
  let pressing = false;
  form.submit.addEventListener('pointerdown', () => (pressing = true));
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, () => (pressing = false));
  }
  form.element.addEventListener('focusout', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !fieldsInUse(form).includes(target.id)) return;
    if (target.type === 'checkbox' || target.value.trim() === '' || pressing) return;
    showMessage(target.id, judgeForm(form)[target.id]);
  });
  form.element.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !fieldsInUse(form).includes(target.id)) return;
    const message = judgeForm(form)[target.id];
    const isFull = chosenForm(form)?.isFull(target.id, target.value) ?? false;
    if (message === undefined || isFull) showMessage(target.id, message);
  });
}
