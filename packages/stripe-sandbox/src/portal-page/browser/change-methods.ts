import type { CheckoutForm } from '../../checkout-page/browser/checkout-form.ts';
import { showAlert } from '../../checkout-page/browser/show-messages.ts';
import { askSandbox } from './ask-sandbox.ts';

const DONE: { [act: string]: string } = { detach: 'was removed.', default: 'is the default now.' };

/** The list as the server has it now; the page asks for itself and takes that part. */
async function refresh(): Promise<void> {
  const page = new DOMParser().parseFromString(
    await (await fetch(location.href)).text(),
    'text/html',
  );
  const list = page.getElementById('portal-methods');
  if (list) document.getElementById('portal-methods')?.replaceWith(document.adoptNode(list));
}

async function act(form: CheckoutForm, button: HTMLElement, status: HTMLElement): Promise<void> {
  const { act: action = '', id = '' } = button.dataset;
  const name = button.closest<HTMLElement>('[data-name]')?.dataset['name'] ?? 'It';
  const path = `/_portal/${form.sessionId}/payment_methods/${id}/${action}`;
  const answer = await askSandbox(path, form.publishableKey, {});
  if ('refused' in answer) return showAlert(answer.refused.message);
  await refresh();
  status.textContent = `${name} ${DONE[action] ?? ''}`;
  document.getElementById('methods-title')?.focus();
}

function ask(row: HTMLElement, asking: boolean): void {
  const question = row.querySelector<HTMLElement>('.remove-question');
  if (question) question.hidden = !asking;
  const next = row.querySelector<HTMLElement>(asking ? '[data-keep]' : '[data-ask]');
  next?.focus();
}

/** The buttons beside the saved methods. They are replaced with the list, so the page listens. */
export function wireMethods(form: CheckoutForm, status: HTMLElement): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const row = target.closest<HTMLElement>('li[data-name]');
    if (!row) return;
    if (target.matches('[data-ask]')) ask(row, true);
    if (target.matches('[data-keep]')) ask(row, false);
    if (target.matches('[data-act]')) void act(form, target, status);
  });
  document.addEventListener('keydown', ({ key, target }) => {
    const inQuestion = target instanceof HTMLElement && target.closest('.remove-question');
    const row = inQuestion ? inQuestion.closest<HTMLElement>('li[data-name]') : null;
    if (key === 'Escape' && row) ask(row, false);
  });
}
