import { brandOf, groupCardNumber, cvcLengthFor } from './card-number.ts';
import { runChallenge } from './challenge-dialog.ts';
import { readCheckoutForm, showFieldsInUse } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { completeCheckout } from './complete-checkout.ts';
import { formatExpiry } from './expiry.ts';
import { wireTestCards } from './fill-test-card.ts';
import { findElement } from './find-element.ts';
import { keepFormatted } from './formatted-input.ts';
import { digitsOf } from './judge-entry.ts';
import { askAfterChallenge, sendCheckout } from './send-checkout.ts';
import { judgeForm, showAlert, showAllMessages, validateLive } from './show-messages.ts';
import { isBusy, setButtonState } from './submit-button.ts';
import { reportHeight } from './tell-parent.ts';

function showBrand(number: string): void {
  const brand = brandOf(digitsOf(number));
  const accepted = findElement('accepted-brands', HTMLElement);
  const typed = findElement('typed-brand', HTMLElement);
  accepted.hidden = digitsOf(number) !== '';
  typed.hidden = !accepted.hidden;
  typed.querySelector('use')?.setAttribute('href', `#brand-${brand}`);
}

function wireFormatting({ fields }: CheckoutForm): void {
  keepFormatted(fields.number, (text) => groupCardNumber(digitsOf(text)));
  keepFormatted(fields.expiry, formatExpiry);
  keepFormatted(fields.cvc, (text) =>
    digitsOf(text).slice(0, cvcLengthFor(digitsOf(fields.number.value))),
  );
  fields.number.addEventListener('input', () => showBrand(fields.number.value));
}

/** A bank's no leaves the form as it is: the shopper corrects it or takes another card. */
function refuse(form: CheckoutForm, message: string): void {
  setButtonState(form, 'idle');
  showAlert(message);
  form.submit.focus();
}

async function submit(form: CheckoutForm): Promise<void> {
  if (isBusy(form)) return;
  const messages = judgeForm(form);
  showAllMessages(form, messages);
  if (Object.keys(messages).length > 0) return;

  setButtonState(form, 'processing');
  const result = await sendCheckout(form);
  if (result.status === 'refused') return refuse(form, result.message);
  if (result.status === 'complete') return completeCheckout(form, result.redirect_url);

  await runChallenge(result.challenge_url, result.intent_id);
  const state = await askAfterChallenge(form.sessionId, result.intent_id);
  if (state?.status === 'complete') return completeCheckout(form, state.redirect_url);
  if (state?.status === 'expired') return location.reload();
  refuse(form, state?.refusal ?? 'Your card was not authenticated. Try again.');
}

function start(): void {
  reportHeight();
  const form = readCheckoutForm();
  if (!form) return;
  wireFormatting(form);
  validateLive(form);
  wireTestCards(form);
  showFieldsInUse(form);
  form.element.addEventListener('change', () => showFieldsInUse(form));
  form.element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(form);
  });
}

start();
