import { findElement } from '../../checkout-page/browser/find-element.ts';
import { postToSandbox } from '../../checkout-page/browser/post-to-sandbox.ts';
import { readEntry } from './read-entry.ts';

type Refusal = { code: string | null; message: string };

/** The refusals after which no other try is possible. */
const ENDS: { [code: string]: { title: string; words: string } } = {
  payment_method_microdeposit_verification_attempts_exceeded: {
    title: 'Too many attempts',
    words: 'This bank account can no longer be verified. Go back to the shop to give another one.',
  },
  payment_method_microdeposit_failed: {
    title: 'The deposits could not be sent',
    words: 'Check the account and routing number, and give them again at the shop.',
  },
  payment_method_microdeposit_verification_timeout: {
    title: 'The time to verify is over',
    words: 'Go back to the shop to give your bank account again.',
  },
};

function showEnd(title: string, words: string): void {
  findElement('deposits-entry', HTMLElement).hidden = true;
  findElement('deposits-end', HTMLElement).hidden = false;
  findElement('deposits-end-words', HTMLElement).textContent = words;
  const heading = findElement('deposits-end-title', HTMLElement);
  heading.textContent = title;
  heading.focus();
}

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll('input')];
}

function showMessage(form: HTMLFormElement, message: string): void {
  const place = findElement('deposits-message', HTMLElement);
  place.textContent = message;
  place.hidden = message === '';
  for (const input of inputs(form)) {
    if (message === '') input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  }
  if (message !== '') inputs(form)[0]?.focus();
}

function setBusy(button: HTMLButtonElement, busy: boolean): void {
  button.dataset['state'] = busy ? 'processing' : 'idle';
  button.setAttribute('aria-disabled', String(busy));
}

function showRefusal(form: HTMLFormElement, { code, message }: Refusal): void {
  const end = ENDS[code ?? ''];
  if (end) return showEnd(end.title, end.words);
  const isWrong = code?.includes('verification_amounts') || code?.includes('descriptor_code');
  if (isWrong) return showMessage(form, message);
  findElement('deposits-alert', HTMLElement).textContent = message;
}

async function verify(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  if (button.getAttribute('aria-disabled') === 'true') return;
  findElement('deposits-alert', HTMLElement).textContent = '';
  const entry = readEntry(
    form.dataset['type'] === 'amounts' ? 'amounts' : 'descriptor_code',
    inputs(form).map((input) => input.value),
  );
  showMessage(form, 'message' in entry ? entry.message : '');
  if ('message' in entry) return;

  setBusy(button, true);
  const intent = form.dataset['intent'] ?? '';
  const kind = intent.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
  const result = await postToSandbox<{ id: string; status: string }>(
    `/v1/${kind}/${intent}/verify_microdeposits`,
    form.dataset['key'] ?? '',
    // The fragment of the address is the proof that this is the account's owner.
    { ...entry, client_secret: location.hash.slice(1) },
  );
  setBusy(button, false);
  if (result.status === 'refused' && 'message' in result) return showRefusal(form, result);
  showEnd('Your bank account is verified', 'There is nothing more to do. You can close this page.');
}

function start(): void {
  const form = findElement('deposits', HTMLFormElement);
  const button = findElement('verify', HTMLButtonElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void verify(form, button);
  });
  for (const test of document.querySelectorAll<HTMLButtonElement>('[data-fill]')) {
    test.addEventListener('click', () => {
      const values = JSON.parse(test.dataset['fill'] ?? '{}') as { [id: string]: string };
      for (const [id, value] of Object.entries(values)) {
        findElement(id, HTMLInputElement).value = value;
      }
      button.focus();
    });
  }
}

start();
