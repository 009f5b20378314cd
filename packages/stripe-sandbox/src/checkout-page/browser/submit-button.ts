import type { CheckoutForm } from './checkout-form.ts';
import { findElement } from './find-element.ts';

/** `failed` is `idle` with a nudge: the button can be pressed again. */
type ButtonState = 'idle' | 'processing' | 'complete' | 'failed';

const WORDS: { [state: string]: string } = { processing: 'Processing…', complete: 'Done' };

/**
 * The button stays focusable while it works (`aria-disabled`, not `disabled`), so that nobody loses
 * their place; the second press is refused by `isBusy`. Everything above it cannot be changed then.
 */
export function setButtonState(form: CheckoutForm, state: ButtonState): void {
  const { submit, element } = form;
  const working = WORDS[state];
  submit.dataset['state'] = state;
  submit.setAttribute('aria-disabled', String(working !== undefined));
  element.setAttribute('aria-busy', String(state === 'processing'));
  const words = submit.querySelector<HTMLElement>('.submit-words');
  if (words) words.textContent = working ?? words.dataset['idle'] ?? '';
  findElement('progress', HTMLElement).textContent = working ?? '';
  const fields = findElement('fields', HTMLElement);
  if (working !== undefined && fields.contains(document.activeElement)) submit.focus();
  fields.inert = working !== undefined;
}

export function isBusy(form: CheckoutForm): boolean {
  return form.submit.getAttribute('aria-disabled') === 'true';
}
