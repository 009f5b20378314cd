import type { CheckoutSubmission } from '../../checkout/submit-session.ts';
import type { SessionState } from '../read-session-state.ts';
import { chosenSavedCard, readEntry } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { readExpiry } from './expiry.ts';
import { digitsOf } from './judge-entry.ts';

type SendResult =
  | { status: 'complete'; redirect_url: string | null }
  | { status: 'requires_action'; challenge_url: string; intent_id: string }
  | { status: 'refused'; message: string };

type ErrorEnvelope = { error: { message?: string } };

const UNREACHABLE = 'The sandbox could not be reached. Check that it is running, then try again.';

function submissionOf(form: CheckoutForm): CheckoutSubmission {
  const saved = chosenSavedCard(form);
  if (saved !== undefined) return { paymentMethod: { kind: 'saved', id: saved } };
  const entry = readEntry(form);
  const expiry = readExpiry(entry.expiry) ?? form.now;
  return {
    paymentMethod: {
      kind: 'card',
      card: {
        number: digitsOf(entry.number),
        exp_month: expiry.month,
        exp_year: expiry.year,
        cvc: digitsOf(entry.cvc),
      },
      name: entry.name.trim(),
      email: entry.email.trim(),
      ...(entry.postalCode === null ? {} : { postalCode: entry.postalCode.trim() }),
    },
    savePaymentMethod: form.element.querySelector<HTMLInputElement>('#save')?.checked ?? false,
  };
}

/** Sends the form. A bank's no and a server that does not answer are both `refused`, never thrown. */
export async function sendCheckout(form: CheckoutForm): Promise<SendResult> {
  // The frame got the client secret in its fragment, which no server and no log ever sees.
  const secret = form.embedded ? { client_secret: location.hash.slice(1) } : {};
  try {
    const response = await fetch(`/v1/payment_pages/${form.sessionId}/confirm`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${form.publishableKey}`,
      },
      body: JSON.stringify({ ...submissionOf(form), ...secret }),
    });
    const body = (await response.json()) as SendResult | ErrorEnvelope;
    if ('error' in body) return { status: 'refused', message: body.error.message ?? UNREACHABLE };
    return body;
  } catch {
    return { status: 'refused', message: UNREACHABLE };
  }
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
