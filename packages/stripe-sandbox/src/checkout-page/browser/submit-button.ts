import type { CheckoutForm } from './checkout-form.ts';
import { findElement } from './find-element.ts';

type ButtonState = 'idle' | 'processing' | 'complete';

const WORDS: Record<Exclude<ButtonState, 'idle'>, string> = {
  processing: 'Processing…',
  complete: 'Done',
};

/**
 * The button stays focusable while it works (`aria-disabled`, not `disabled`), so that nobody loses
 * their place; the second press is refused by `isBusy`.
 */
export function setButtonState(form: CheckoutForm, state: ButtonState): void {
  const { submit, element } = form;
  submit.dataset['state'] = state;
  submit.setAttribute('aria-disabled', String(state !== 'idle'));
  element.setAttribute('aria-busy', String(state === 'processing'));
  const words = submit.querySelector<HTMLElement>('.submit-words');
  if (words) words.textContent = state === 'idle' ? (words.dataset['idle'] ?? '') : WORDS[state];
  findElement('progress', HTMLElement).textContent = state === 'idle' ? '' : WORDS[state];
  for (const field of Object.values(form.fields)) {
    // The e-mail of a known customer is read-only from the start and stays so.
    if (field.id !== 'email') field.readOnly = state !== 'idle';
  }
}

export function isBusy(form: CheckoutForm): boolean {
  return form.submit.dataset['state'] !== 'idle';
}
