import type { Runtime } from '@onfile/payments/runtime.ts';

/**
 * The shopper's part of a Checkout Session, without a browser: posts what the checkout page posts,
 * and passes the bank's challenge when the card asks for one.
 * @param card a test card's number, without spaces
 * @param more.save ticks the box that keeps the card; `more.email` is what a guest types
 */
export async function completeSetup(
  test: { runtime: Runtime; sandbox: { url: string } },
  stripeSessionId: string,
  card: string,
  more: { save?: boolean; email?: string } = {},
): Promise<{ status: string }> {
  const { stripe, settings } = test.runtime;
  const session = await stripe.checkout.sessions.retrieve(stripeSessionId);
  const answer = await fetch(`${test.sandbox.url}/v1/payment_pages/${stripeSessionId}/confirm`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${settings.stripe.publishableKey}`,
    },
    body: JSON.stringify({
      paymentMethod: {
        kind: 'card',
        card: { number: card, exp_month: 12, exp_year: nextDecade(), cvc: '123' },
        name: 'Jenny Rosen',
        ...(more.email && { email: more.email }),
      },
      savePaymentMethod: more.save ?? false,
      ...(session.client_secret && { client_secret: session.client_secret }),
    }),
  });
  const outcome = (await answer.json()) as {
    status?: string;
    intent_id?: string;
    error?: { message: string };
  };
  if (!outcome.status) {
    throw new Error(`The checkout page refused: ${outcome.error?.message ?? answer.statusText}`);
  }
  if (outcome.intent_id) {
    const challenge = `${test.sandbox.url}/_challenge/${outcome.intent_id}/complete`;
    await fetch(challenge, { method: 'POST', redirect: 'manual' });
  }
  return { status: outcome.status };
}

function nextDecade(): number {
  return new Date().getFullYear() + 9;
}
