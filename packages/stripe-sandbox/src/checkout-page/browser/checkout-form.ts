import type { Month } from './expiry.ts';
import { findElement } from './find-element.ts';
import { findMethodForm } from './methods/find-method-form.ts';
import type { MethodForm } from './methods/method-form.ts';
import { postalCodeWords } from './postal-code.ts';

type Field = HTMLInputElement | HTMLSelectElement;

/** The form as the script sees it: its elements, and what the server wrote beside them. */
export type CheckoutForm = {
  element: HTMLFormElement;
  submit: HTMLButtonElement;
  sessionId: string;
  embedded: boolean;
  publishableKey: string;
  /** The e-mail that the merchant gave; empty where the shopper types one. */
  knownEmail: string;
  /** The sandbox's month, not the browser's. */
  now: Month;
};

/** Reads the page; undefined on pages without a form (expired, complete). */
export function readCheckoutForm(): CheckoutForm | undefined {
  if (!document.getElementById('checkout')) return undefined;
  const element = findElement('checkout', HTMLFormElement);
  const [year, month] = (element.dataset['month'] ?? '').split('-').map(Number);
  return {
    element,
    submit: findElement('submit', HTMLButtonElement),
    sessionId: element.dataset['session'] ?? '',
    embedded: element.dataset['uiMode'] === 'embedded_page',
    publishableKey: element.dataset['key'] ?? '',
    knownEmail: element.dataset['email'] ?? '',
    now: { year: year ?? 0, month: month ?? 0 },
  };
}

/** A field of the page; undefined where this page has none of that name. */
export function findField(id: string): Field | undefined {
  const found = document.getElementById(id);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement
    ? found
    : undefined;
}

export function readField(id: string): string {
  return findField(id)?.value ?? '';
}

export function isTicked(id: string): boolean {
  const field = findField(id);
  return field instanceof HTMLInputElement && field.checked;
}

function chosenRadio(form: CheckoutForm): HTMLInputElement | null {
  return form.element.querySelector<HTMLInputElement>('input[name="method"]:checked');
}

/** The saved card that is chosen, or undefined for a new method. */
export function chosenSaved(form: CheckoutForm): string | undefined {
  return chosenRadio(form)?.closest<HTMLElement>('[data-saved]')?.dataset['saved'];
}

/** The type of the new method that is chosen; empty where nothing is to be paid. */
export function chosenType(form: CheckoutForm): string {
  return chosenRadio(form)?.value ?? form.element.dataset['method'] ?? '';
}

/**
 * The form of the new method that is chosen; undefined for a saved card, which needs nothing more, and
 * where nothing is to be paid.
 */
export function chosenForm(form: CheckoutForm): MethodForm | undefined {
  const type = chosenType(form);
  return chosenSaved(form) === undefined && type !== '' ? findMethodForm(type) : undefined;
}

/** Every field that is in use now, in the order they stand. */
export function fieldsInUse(form: CheckoutForm): string[] {
  const all = ['email', ...(chosenForm(form)?.fields ?? []), 'terms'];
  return all.filter((id) => findField(id) !== undefined);
}

function hide(id: string, hidden: boolean): void {
  const element = document.getElementById(id);
  if (element) element.hidden = hidden;
}

/** Opens the panel of the chosen method, and shows only what belongs to it. */
export function showFieldsInUse(form: CheckoutForm): void {
  const radio = chosenRadio(form);
  const saved = chosenSaved(form) !== undefined;
  const type = chosenType(form);
  for (const panel of form.element.querySelectorAll<HTMLElement>('[data-panel]')) {
    panel.hidden = saved || panel.dataset['panel'] !== type;
  }
  const valuesOf = saved ? 'card' : type;
  for (const list of document.querySelectorAll<HTMLElement>('[data-test-values]')) {
    list.hidden = list.dataset['testValues'] !== valuesOf;
  }
  hide('save-box', saved);
  // A debit's mandate says the same in the words of its scheme.
  hide('reuse', radio?.dataset['group'] === 'debit');
  const words = form.submit.querySelector<HTMLElement>('.submit-words');
  const chosen = radio?.dataset['button'];
  if (words && chosen !== undefined) {
    words.dataset['idle'] = chosen;
    words.textContent = chosen;
  }
  const postalCode = postalCodeWords(readField('country'));
  hide('postal-code-row', postalCode === '');
  findField('postalCode')?.setAttribute('placeholder', postalCode);
}
