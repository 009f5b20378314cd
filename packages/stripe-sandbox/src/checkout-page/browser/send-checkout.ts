import type { SessionState } from '../read-session-state.ts';
import { chosenForm, chosenSaved, findField, isTicked, readField } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { postToSandbox } from './post-to-sandbox.ts';
import type { Refused } from './post-to-sandbox.ts';

type SendResult =
  | { status: 'complete'; redirect_url: string | null }
  | {
      status: 'requires_action';
      kind?: 'challenge' | 'redirect';
      challenge_url: string;
      intent_id: string;
    }
  | Refused;

/** A frame got its client secret in the fragment, which no server and no log ever sees. */
export function secretOf(form: CheckoutForm): { client_secret?: string } {
  return form.embedded ? { client_secret: location.hash.slice(1) } : {};
}

function emailOf(form: CheckoutForm): { email?: string } {
  const email = form.knownEmail === '' ? readField('email').trim() : form.knownEmail;
  return email === '' ? {} : { email };
}

/** The chosen method; a saved card and an order without payment name the e-mail beside it. */
function methodOf(form: CheckoutForm): object {
  const saved = chosenSaved(form);
  const made = chosenForm(form)?.build(readField, form.now);
  if (made !== undefined) return { paymentMethod: { ...made, ...emailOf(form) } };
  const typed = form.knownEmail === '' ? emailOf(form) : {};
  return saved === undefined ? typed : { paymentMethod: { kind: 'saved', id: saved }, ...typed };
}

/** What the button sends: card and account numbers leave the page here and nowhere else. */
function submissionOf(form: CheckoutForm): object {
  return {
    ...secretOf(form),
    ...methodOf(form),
    savePaymentMethod: chosenForm(form) !== undefined && isTicked('save'),
    ...(findField('terms') === undefined ? {} : { termsAccepted: isTicked('terms') }),
  };
}

/** Sends the form. A bank's no and a server that does not answer are both `refused`, never thrown. */
export function sendCheckout(form: CheckoutForm): Promise<SendResult> {
  return postToSandbox<SendResult>(
    `/v1/payment_pages/${form.sessionId}/confirm`,
    form.publishableKey,
    submissionOf(form),
  );
}

/** What became of the session, asked anew: the challenge frame's word alone is not enough. */
export async function askAfterChallenge(
  sessionId: string,
  intentId: string,
): Promise<SessionState | undefined> {
  try {
    const response = await fetch(`/_pages/sessions/${sessionId}/after/${intentId}`);
    return response.ok ? ((await response.json()) as SessionState) : undefined;
  } catch {
    return undefined;
  }
}
