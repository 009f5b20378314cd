import { runChallenge } from '../../checkout-page/browser/challenge-dialog.ts';
import { readField } from '../../checkout-page/browser/checkout-form.ts';
import type { CheckoutForm } from '../../checkout-page/browser/checkout-form.ts';
import { readExpiry } from '../../checkout-page/browser/expiry.ts';
import { digitsOf } from '../../checkout-page/browser/methods/method-form.ts';
import { askSandbox } from './ask-sandbox.ts';

type AddResult = { status: 'added' } | { status: 'refused'; message: string; param: string | null };

type SetupIntent = {
  id: string;
  status: string;
  next_action: { use_stripe_sdk?: { stripe_js?: string } } | null;
  last_setup_error: { message?: string } | null;
};

/** The card as `POST /v1/payment_methods` takes it from a browser. */
function cardParams(form: CheckoutForm): { [name: string]: string } {
  const expiry = readExpiry(readField('expiry')) ?? form.now;
  return {
    type: 'card',
    'card[number]': digitsOf(readField('number')),
    'card[exp_month]': String(expiry.month),
    'card[exp_year]': String(expiry.year),
    'card[cvc]': digitsOf(readField('cvc')),
    'billing_details[name]': readField('name').trim(),
    'billing_details[address][country]': readField('country'),
    ...(form.knownEmail === '' ? {} : { 'billing_details[email]': form.knownEmail }),
  };
}

/** Makes the card, confirms a SetupIntent with it, and goes through 3D Secure if the bank asks. */
export async function addCard(form: CheckoutForm): Promise<AddResult> {
  const key = form.publishableKey;
  const method = await askSandbox<{ id: string }>('/v1/payment_methods', key, cardParams(form));
  if ('refused' in method) return method.refused;
  const started = await askSandbox<{ client_secret: string }>(
    `/_portal/${form.sessionId}/setup_intents`,
    key,
    {},
  );
  if ('refused' in started) return started.refused;
  const secret = { client_secret: started.body.client_secret };
  const path = `/v1/setup_intents/${secret.client_secret.split('_secret_')[0] ?? ''}`;
  const confirmed = await askSandbox<SetupIntent>(`${path}/confirm`, key, {
    ...secret,
    payment_method: method.body.id,
  });
  if ('refused' in confirmed) return confirmed.refused;
  const challenge = confirmed.body.next_action?.use_stripe_sdk?.stripe_js;
  if (challenge === undefined) return { status: 'added' };

  await runChallenge(challenge, confirmed.body.id);
  const after = await askSandbox<SetupIntent>(`${path}?${new URLSearchParams(secret)}`, key);
  if ('refused' in after) return after.refused;
  if (after.body.status === 'succeeded') return { status: 'added' };
  const message = after.body.last_setup_error?.message ?? 'Your card was not authenticated.';
  return { status: 'refused', message, param: null };
}
