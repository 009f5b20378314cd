import { runChallenge } from './challenge-dialog.ts';
import { readCheckoutForm, showFieldsInUse } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { completeCheckout } from './complete-checkout.ts';
import { wireTestValues } from './fill-test-values.ts';
import { judgeForm } from './judge-form.ts';
import { loadEmbedded } from './load-embedded.ts';
import { wireRemoval } from './remove-saved.ts';
import { askAfterChallenge, sendCheckout } from './send-checkout.ts';
import { fieldOfParam, showAlert, showAllMessages, validateLive } from './show-messages.ts';
import { isBusy, setButtonState } from './submit-button.ts';
import { reportHeight } from './tell-parent.ts';
import { wireFormatting } from './wire-formatting.ts';

/** A bank's no leaves the form as it is: the shopper corrects it or takes another method. */
function refuse(form: CheckoutForm, message: string, param: string | null = null): void {
  setButtonState(form, 'failed');
  const field = fieldOfParam(form, param);
  if (field !== undefined) return showAllMessages(form, { [field]: message });
  showAlert(message);
  form.submit.focus();
}

/**
 * The whole window goes to the other site, from inside a frame, too: the shopper pressed here, and of a
 * window of another origin `href` is what may be set.
 */
function leaveFor(url: string): void {
  (window.top ?? window).location.href = url;
}

async function submit(form: CheckoutForm): Promise<void> {
  if (isBusy(form)) return;
  const messages = judgeForm(form);
  showAllMessages(form, messages);
  if (Object.keys(messages).length > 0) return;

  setButtonState(form, 'processing');
  const result = await sendCheckout(form);
  if (result.status === 'refused') {
    // Paid in another tab, or the time is over: the page knows how to say so.
    if (result.code === 'checkout_session_not_active') return location.reload();
    return refuse(form, result.message, result.param);
  }
  if (result.status === 'complete') return completeCheckout(form, result.redirect_url);
  if (result.kind === 'redirect') return leaveFor(result.challenge_url);

  await runChallenge(result.challenge_url, result.intent_id);
  const state = await askAfterChallenge(form.sessionId, result.intent_id);
  if (state?.status === 'complete') return completeCheckout(form, state.redirect_url);
  if (state?.status === 'expired') return location.reload();
  refuse(form, state?.refusal ?? 'Your card was not authenticated. Try again.');
}

/** What went wrong on the other site is said where the shopper is, not below the screen. */
function sayWhatHappened(): void {
  const place = document.getElementById('form-alert');
  const sentence = place?.textContent ?? '';
  if (sentence === '') return;
  // Set anew: screen readers speak of what changes, not of what stands there from the start.
  showAlert('');
  requestAnimationFrame(() => {
    showAlert(sentence);
    place?.scrollIntoView({ block: 'center' });
  });
}

async function start(): Promise<void> {
  reportHeight();
  await loadEmbedded();
  const form = readCheckoutForm();
  if (!form) return;
  wireFormatting(form);
  validateLive(form);
  wireTestValues(form);
  wireRemoval(form);
  showFieldsInUse(form);
  sayWhatHappened();
  form.element.addEventListener('change', () => showFieldsInUse(form));
  form.element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(form);
  });
  // Back from the other site by the browser's own button: the page is as it was left.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) setButtonState(form, 'idle');
  });
}

void start();
