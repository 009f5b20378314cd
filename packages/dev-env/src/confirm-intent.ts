import type { Runtime } from '@onfile/payments/runtime.ts';

interface Test {
  runtime: Runtime;
  sandbox: { url: string };
}

interface Answer {
  id?: string;
  status?: string;
  error?: { message: string };
}

/**
 * The shopper's part of a PaymentIntent, without a browser: confirms it with a test card as Stripe.js
 * does, by its client secret.
 * @returns its status after that
 */
export async function confirmIntent(
  test: Test,
  clientSecret: string,
  cardNumber: string,
): Promise<string> {
  const method = await post(test, '/v1/payment_methods', {
    type: 'card',
    'card[number]': cardNumber,
    'card[exp_month]': '12',
    'card[exp_year]': String(new Date().getFullYear() + 9),
    'card[cvc]': '123',
  });
  const intent = await post(test, `/v1/payment_intents/${idOf(clientSecret)}/confirm`, {
    client_secret: clientSecret,
    use_stripe_sdk: 'true',
    payment_method: method.id ?? '',
  });
  return intent.status ?? '';
}

async function post(test: Test, path: string, params: Record<string, string>): Promise<Answer> {
  const { publishableKey } = test.runtime.settings.stripe;
  const answer = await fetch(`${test.sandbox.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${publishableKey}` },
    body: new URLSearchParams(params),
  });
  const said = (await answer.json()) as Answer;
  if (said.error) throw new Error(`${path}: ${said.error.message}`);
  return said;
}

/** How the bank's challenge for an intent ends. */
export async function endChallenge(
  sandbox: { url: string },
  clientSecret: string,
  outcome: 'complete' | 'fail',
): Promise<void> {
  const challenge = `${sandbox.url}/_challenge/${idOf(clientSecret)}/${outcome}`;
  await fetch(challenge, { method: 'POST', redirect: 'manual' });
}

function idOf(clientSecret: string): string {
  return clientSecret.split('_secret_')[0] ?? '';
}
