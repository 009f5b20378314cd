import { methodWords } from '../../checkout-page/method-words.ts';
import { testValues } from '../../checkout-page/test-values.ts';
import type { TestValue } from '../../checkout-page/test-values.ts';
import type { PaymentOffer, SavedCard } from '../../stripe-js/element-messages.ts';
import { findElement } from '../../checkout-page/browser/find-element.ts';

const PANELS = ['card', 'sepa_debit', 'au_becs_debit', 'us_bank_account'];
const SAVED = 'saved:';

/** What the shopper chose: a method to fill in, or a card that is saved already. */
export function chosenMethod(): { type: string; saved: string | undefined } {
  const chosen = document.querySelector<HTMLInputElement>('input[name="method"]:checked');
  const value = chosen?.value ?? 'card';
  return value.startsWith(SAVED)
    ? { type: 'card', saved: value.slice(SAVED.length) }
    : { type: value, saved: undefined };
}

function tabOf(value: string, words: string): HTMLLabelElement {
  const label = document.createElement('label');
  label.className = 'tab';
  const radio = document.createElement('input');
  radio.type = 'radio';
  radio.name = 'method';
  radio.value = value;
  const text = document.createElement('span');
  text.textContent = words;
  label.append(radio, text);
  return label;
}

function savedTab(card: SavedCard, remove: ((id: string) => void) | undefined): HTMLElement {
  const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  const label = tabOf(SAVED + card.id, `${brand} •••• ${card.last4}`);
  label.classList.add('saved-card');
  if (!remove) return label;
  const row = document.createElement('div');
  row.className = 'saved-row';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'remove';
  button.textContent = 'Remove';
  button.setAttribute('aria-label', `Remove ${brand} ending in ${card.last4}`);
  button.addEventListener('click', () => remove(card.id));
  row.append(label, button);
  return row;
}

/** Builds the choices of an offer and keeps what was chosen where it is still there. */
export function showOffer(offer: PaymentOffer, remove: (id: string) => void): void {
  const before = document.querySelector<HTMLInputElement>('input[name="method"]:checked')?.value;
  const tabs = findElement('tabs', HTMLElement);
  const legend = tabs.querySelector('legend');
  const newCard = offer.saved.length > 0 ? 'New card' : methodWords('card').label;
  tabs.replaceChildren(
    ...(legend ? [legend] : []),
    ...offer.saved.map((card) => savedTab(card, offer.removable ? remove : undefined)),
    ...offer.methods.map((type) =>
      tabOf(type, type === 'card' ? newCard : methodWords(type).label),
    ),
  );
  const radios = [...tabs.querySelectorAll<HTMLInputElement>('input')];
  const chosen = radios.find((radio) => radio.value === before) ?? radios[0];
  if (chosen) chosen.checked = true;
  tabs.hidden = radios.length < 2;
  for (const place of document.querySelectorAll('[data-merchant]')) {
    place.textContent = offer.merchant;
  }
}

/** Shows the panel of what is chosen, and what belongs to it. */
export function showChosen(offer: PaymentOffer, termsWanted: boolean): void {
  const { type, saved } = chosenMethod();
  const panel = PANELS.includes(type) ? type : 'redirect';
  for (const element of document.querySelectorAll<HTMLElement>('[data-panel]')) {
    element.hidden = saved !== undefined || element.dataset['panel'] !== panel;
  }
  for (const terms of document.querySelectorAll<HTMLElement>('[data-terms]')) {
    // Debits need their mandate; the reuse sentence of a card only where later charges are meant.
    terms.hidden = !termsWanted || (panel === 'card' && !offer.reuse);
  }
  findElement('save-row', HTMLElement).hidden =
    !offer.saveBox || saved !== undefined || panel === 'redirect';
  findElement('tests', HTMLElement).hidden = saved !== undefined;
  listTestValues(type);
}

function listTestValues(type: string): void {
  const others = findElement('other-values', HTMLSelectElement);
  const values = testValues(type);
  others.replaceChildren(
    new Option('Others…', ''),
    ...values.map(({ shown, does }, at) => new Option(`${shown} ${does}`, String(at))),
  );
  others.hidden = values.length < 2;
  findElement('fill', HTMLElement).textContent =
    type === 'card' ? 'Fill a test card' : 'Fill in test values';
}

function fill({ fill: values }: TestValue, type: string): void {
  const { year } = { year: Number((document.body.dataset['month'] ?? '').slice(0, 4)) };
  const expiry = type === 'card' ? { expiry: `12${String(year + 4).slice(-2)}` } : {};
  for (const [id, value] of Object.entries({ ...values, ...expiry })) {
    // All methods that leave the page share one panel.
    const input = document.getElementById(id) ?? document.getElementById('redirect-name');
    if (!(input instanceof HTMLInputElement) || (id === 'name' && type === 'card')) continue;
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  for (const email of document.querySelectorAll<HTMLInputElement>('[data-rule="email"]')) {
    if (email.closest('[hidden]') || email.value !== '') continue;
    email.value = 'shopper@example.com';
    email.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** The button fills in the value that succeeds, the list beside it any other. */
export function wireTestValues(): void {
  const others = findElement('other-values', HTMLSelectElement);
  const take = (at: number): void => {
    const { type } = chosenMethod();
    const value = testValues(type)[at];
    if (value) fill(value, type);
  };
  findElement('fill', HTMLButtonElement).addEventListener('click', () => take(0));
  others.addEventListener('change', () => {
    if (others.value !== '') take(Number(others.value));
    others.value = '';
  });
}
