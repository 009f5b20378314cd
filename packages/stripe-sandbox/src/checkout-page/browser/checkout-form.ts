import { findElement } from './find-element.ts';
import type { Entry, FieldName } from './judge-entry.ts';
import type { Month } from './expiry.ts';

export const FIELD_NAMES: readonly FieldName[] = [
  'email',
  'number',
  'expiry',
  'cvc',
  'name',
  'postalCode',
];

/** The countries whose banks compare the postal code; elsewhere the field is not shown. */
const POSTAL_PLACEHOLDERS: Record<string, string> = {
  US: 'ZIP',
  CA: 'Postal code',
  GB: 'Postal code',
  PR: 'ZIP',
};

/** The form as the script sees it: its elements, and what the server wrote beside them. */
export type CheckoutForm = {
  element: HTMLFormElement;
  fields: Record<FieldName, HTMLInputElement>;
  country: HTMLSelectElement;
  postalCodeRow: HTMLElement;
  newCard: HTMLElement;
  submit: HTMLButtonElement;
  sessionId: string;
  embedded: boolean;
  publishableKey: string;
  /** The sandbox's month, not the browser's. */
  now: Month;
};

/** Reads the page; undefined on pages without a form (expired, complete). */
export function readCheckoutForm(): CheckoutForm | undefined {
  if (!document.getElementById('checkout')) return undefined;
  const element = findElement('checkout', HTMLFormElement);
  const [year, month] = (element.dataset['month'] ?? '').split('-').map(Number);
  const input = (id: FieldName) => findElement(id, HTMLInputElement);
  return {
    element,
    fields: {
      email: input('email'),
      number: input('number'),
      expiry: input('expiry'),
      cvc: input('cvc'),
      name: input('name'),
      postalCode: input('postalCode'),
    },
    country: findElement('country', HTMLSelectElement),
    postalCodeRow: findElement('postal-code-row', HTMLElement),
    newCard: findElement('new-card', HTMLElement),
    submit: findElement('submit', HTMLButtonElement),
    sessionId: element.dataset['session'] ?? '',
    embedded: element.dataset['uiMode'] === 'embedded_page',
    publishableKey: element.dataset['key'] ?? '',
    now: { year: year ?? 0, month: month ?? 0 },
  };
}

/** The saved card that is chosen, or undefined for a new one. */
export function chosenSavedCard(form: CheckoutForm): string | undefined {
  const chosen = form.element.querySelector<HTMLInputElement>('input[name="method"]:checked');
  return chosen === null || chosen.value === 'new' ? undefined : chosen.value;
}

export function readEntry(form: CheckoutForm): Entry {
  const { email, number, expiry, cvc, name, postalCode } = form.fields;
  return {
    email: email.value,
    number: number.value,
    expiry: expiry.value,
    cvc: cvc.value,
    name: name.value,
    postalCode: form.country.value in POSTAL_PLACEHOLDERS ? postalCode.value : null,
  };
}

/** Shows the card fields only for a new card, and the postal code only where it is asked for. */
export function showFieldsInUse(form: CheckoutForm): void {
  form.newCard.hidden = chosenSavedCard(form) !== undefined;
  const placeholder = POSTAL_PLACEHOLDERS[form.country.value];
  form.postalCodeRow.hidden = placeholder === undefined;
  form.fields.postalCode.placeholder = placeholder ?? '';
}
