import { readCheckoutForm, showFieldsInUse } from '../../checkout-page/browser/checkout-form.ts';
import type { CheckoutForm } from '../../checkout-page/browser/checkout-form.ts';
import { wireTestValues } from '../../checkout-page/browser/fill-test-values.ts';
import { findElement } from '../../checkout-page/browser/find-element.ts';
import { judgeForm } from '../../checkout-page/browser/judge-form.ts';
import {
  fieldOfParam,
  showAlert,
  showAllMessages,
  validateLive,
} from '../../checkout-page/browser/show-messages.ts';
import { isBusy, setButtonState } from '../../checkout-page/browser/submit-button.ts';
import { wireFormatting } from '../../checkout-page/browser/wire-formatting.ts';
import { addCard } from './add-card.ts';
import { wireMethods } from './change-methods.ts';

async function submit(form: CheckoutForm): Promise<void> {
  if (isBusy(form)) return;
  const messages = judgeForm(form);
  showAllMessages(form, messages);
  if (Object.keys(messages).length > 0) return;
  setButtonState(form, 'processing');
  const result = await addCard(form);
  if (result.status === 'added') {
    setButtonState(form, 'complete');
    const after = form.element.dataset['after'] ?? '';
    if (after !== '') location.assign(after);
    else location.reload();
    return;
  }
  setButtonState(form, 'failed');
  const field = fieldOfParam(form, result.param);
  if (field !== undefined) return showAllMessages(form, { [field]: result.message });
  showAlert(result.message);
  form.submit.focus();
}

function start(): void {
  const form = readCheckoutForm();
  if (!form) return;
  wireMethods(form, findElement('portal-status', HTMLElement));
  wireFormatting(form);
  validateLive(form);
  wireTestValues(form);
  showFieldsInUse(form);
  form.element.addEventListener('change', () => showFieldsInUse(form));
  form.element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(form);
  });
}

start();
