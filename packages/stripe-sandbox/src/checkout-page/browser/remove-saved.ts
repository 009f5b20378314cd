import type { CheckoutView } from '../../checkout/checkout-view.ts';
import { showFieldsInUse } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { findElement } from './find-element.ts';
import { postToSandbox } from './post-to-sandbox.ts';
import { secretOf } from './send-checkout.ts';
import { showAlert } from './show-messages.ts';

type Row = { row: HTMLElement; remove: HTMLButtonElement; question: HTMLElement };

function ask({ row, remove, question }: Row, asking: boolean): void {
  question.hidden = !asking;
  remove.hidden = asking;
  row.classList.toggle('asking', asking);
}

/** Whoever removed a card stands where the list goes on, with a method that can be paid with. */
function goOn(form: CheckoutForm): void {
  const radios = [...form.element.querySelectorAll<HTMLInputElement>('input[name="method"]')];
  const next = radios.find((radio) => radio.checked) ?? radios[0];
  if (!next) return;
  next.checked = true;
  showFieldsInUse(form);
  next.focus();
}

async function removeRow(form: CheckoutForm, { row, remove, question }: Row): Promise<void> {
  const name = row.dataset['name'] ?? 'The card';
  question.inert = true;
  const result = await postToSandbox<{ session: CheckoutView }>(
    `/v1/payment_pages/${form.sessionId}/remove`,
    form.publishableKey,
    { ...secretOf(form), payment_method: row.dataset['saved'] },
  );
  question.inert = false;
  if ('status' in result) {
    ask({ row, remove, question }, false);
    showAlert(result.message);
    remove.focus();
    return;
  }
  const left = new Set(result.session.saved_payment_methods.map(({ id }) => id));
  for (const other of form.element.querySelectorAll<HTMLElement>('[data-saved]')) {
    if (!left.has(other.dataset['saved'] ?? '')) other.remove();
  }
  goOn(form);
  findElement('progress', HTMLElement).textContent = `${name} was removed.`;
}

function wireRow(form: CheckoutForm, row: HTMLElement): void {
  const remove = row.querySelector<HTMLButtonElement>('.remove');
  const question = row.querySelector<HTMLElement>('.remove-question');
  const yes = question?.querySelector<HTMLButtonElement>('[data-remove]');
  const keep = question?.querySelector<HTMLButtonElement>('[data-keep]');
  if (!remove || !question || !yes || !keep) return;
  const parts = { row, remove, question };
  const close = (): void => {
    ask(parts, false);
    remove.focus();
  };
  remove.addEventListener('click', () => {
    ask(parts, true);
    keep.focus();
  });
  keep.addEventListener('click', close);
  question.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  yes.addEventListener('click', () => void removeRow(form, parts));
}

/** The remove buttons of saved cards: they ask first, and the list follows the server's. */
export function wireRemoval(form: CheckoutForm): void {
  for (const row of form.element.querySelectorAll<HTMLElement>('[data-saved]')) wireRow(form, row);
}
