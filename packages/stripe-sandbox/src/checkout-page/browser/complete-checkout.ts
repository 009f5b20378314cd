import { chosenSaved, chosenType } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { setButtonState } from './submit-button.ts';
import { tellParent } from './tell-parent.ts';

/** Long enough to see the tick, too short to wonder. */
const TICK_MS = 500;

function doneWords(form: CheckoutForm): string {
  if (form.element.dataset['mode'] !== 'setup') return 'Payment complete';
  const isCard = chosenSaved(form) !== undefined || chosenType(form) === 'card';
  return isCard ? 'Card saved' : 'Payment details saved';
}

function showDone(form: CheckoutForm): void {
  const done = document.createElement('h2');
  done.tabIndex = -1;
  done.className = 'done';
  done.textContent = doneWords(form);
  form.element.closest('section')?.replaceChildren(done);
  done.focus();
}

/**
 * The session is complete: the hosted page leaves for `redirectUrl`; the embedded one tells the page
 * around it, which leaves or, without an address, calls `onComplete`.
 */
export function completeCheckout(form: CheckoutForm, redirectUrl: string | null): void {
  setButtonState(form, 'complete');
  setTimeout(() => {
    if (form.embedded) tellParent({ sandbox: true, type: 'complete', redirectUrl });
    else if (redirectUrl !== null) location.assign(redirectUrl);
    if (redirectUrl === null) showDone(form);
  }, TICK_MS);
}
