import type { Month } from '../../checkout-page/browser/expiry.ts';
import { asksForPostalCode } from '../../checkout-page/browser/postal-code.ts';
import { judgeField } from './judge-field.ts';
import type { Fault } from './judge-field.ts';

/** The sandbox's month, not the browser's. */
export function monthOfPage(): Month {
  const [year, month] = (document.body.dataset['month'] ?? '').split('-').map(Number);
  return { year: year ?? 0, month: month ?? 0 };
}

/** The inputs that are in use: of the chosen method, and asked for by the page. */
export function inputsInUse(): HTMLInputElement[] {
  const inputs = document.querySelectorAll<HTMLInputElement>('#form input[data-rule]');
  return [...inputs].filter((input) => input.closest('[hidden]') === null);
}

export function ruleOf(input: HTMLInputElement): string {
  return input.dataset['rule'] ?? '';
}

/** What stands in a field by its id; empty when the frame has no such field. */
export function readField(id: string): string {
  const field = document.getElementById(id);
  const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
  return isField && field.closest('[hidden]') === null ? field.value.trim() : '';
}

/** What is wrong with one input. */
export function faultOf(input: HTMLInputElement): Fault | undefined {
  const beside = { number: readField('number'), now: monthOfPage() };
  return judgeField(ruleOf(input), input.value, beside);
}

/** Everything that stands in the way, in the order of the fields. */
export function faultsInUse(): { input: HTMLInputElement; fault: Fault }[] {
  return inputsInUse().flatMap((input) => {
    const fault = faultOf(input);
    return fault ? [{ input, fault }] : [];
  });
}

/** Shows what is wrong with a field, or takes it away, for eyes and for screen readers. */
export function showFault(input: HTMLInputElement, fault: Fault | undefined): void {
  const place = document.getElementById(`${input.id}-message`);
  if (place) {
    place.textContent = fault?.message ?? '';
    place.hidden = fault === undefined;
  }
  if (fault) {
    input.setAttribute('aria-invalid', 'true');
    input.dataset['fault'] = fault.code;
  } else {
    input.removeAttribute('aria-invalid');
    delete input.dataset['fault'];
  }
}

/** The first fault that the shopper sees; the `error` of a Card Element's change event. */
export function shownFault(): Fault | undefined {
  const input = inputsInUse().find((one) => one.dataset['fault'] !== undefined);
  return input && faultOf(input);
}

/** Only some countries' banks compare the postal code; elsewhere the field is not shown. */
export function showPostalCode(hiddenByPage: boolean): void {
  const country = document.getElementById('country');
  const row = document.querySelector<HTMLElement>('[data-field="postalCode"]');
  if (!row || !(country instanceof HTMLSelectElement)) return;
  row.hidden = hiddenByPage || !asksForPostalCode(country.value);
}
