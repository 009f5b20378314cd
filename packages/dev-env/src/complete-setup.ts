import type { Runtime } from '@onfile/payments/runtime.ts';

/** What a shopper types into the form, as the checkout page posts it. */
export type TypedMethod = { kind: string } & Record<string, unknown>;

const holder = { name: 'Jenny Rosen', email: 'jenny@example.com' };

/** Bank accounts of Stripe's documentation that go well (stripe.md, section 8.2). */
export const testAccounts = {
  sepa: { kind: 'sepa_debit', iban: 'AT611904300234573201', ...holder },
  becs: { kind: 'au_becs_debit', bsb_number: '000000', account_number: '900123456', ...holder },
  ach: {
    kind: 'us_bank_account',
    routing_number: '110000000',
    account_number: '000123456789',
    ...holder,
  },
} satisfies Record<string, TypedMethod>;

/**
 * The shopper's part of a Checkout Session, without a browser: posts what the checkout page posts,
 * and passes the bank's challenge when the card asks for one.
 * @param typed a test card's number, without spaces, or another method as the form posts it
 * @param more.save ticks the box that keeps the card; `more.email` is what a guest types;
 *   `more.bank` is how a challenge ends
 */
export async function completeSetup(
  test: { runtime: Runtime; sandbox: { url: string } },
  stripeSessionId: string,
  typed: string | TypedMethod,
  more: { save?: boolean; email?: string; bank?: 'complete' | 'fail' } = {},
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
        ...(typeof typed === 'string' ? typedCard(typed) : typed),
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
    const challenge = `${test.sandbox.url}/_challenge/${outcome.intent_id}/${more.bank ?? 'complete'}`;
    await fetch(challenge, { method: 'POST', redirect: 'manual' });
  }
  return { status: outcome.status };
}

function typedCard(number: string): TypedMethod {
  const card = { number, exp_month: 12, exp_year: nextDecade(), cvc: '123' };
  return { kind: 'card', card, name: holder.name };
}

function nextDecade(): number {
  return new Date().getFullYear() + 9;
}
