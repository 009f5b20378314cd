import { afterAll, beforeAll, expect, test } from 'vitest';
import { PUBLISHABLE_KEY, openSandbox } from './open-sandbox.ts';
import type { Answered, Opened } from './open-sandbox.ts';

let opened: Opened;
let customer: string;
beforeAll(async () => {
  opened = await openSandbox();
  const made = await opened.stripe.customers.create({ email: 'private@example.com' });
  customer = made.id;
});
afterAll(async () => {
  await opened.sandbox.close();
});

async function confirmFromBrowser(fields: { [name: string]: string }): Promise<Answered> {
  const intent = await opened.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    customer,
    metadata: { margin: 'private' },
    setup_future_usage: 'off_session',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  return opened.call(`/v1/payment_intents/${intent.id}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` },
    body: new URLSearchParams({ client_secret: intent.client_secret ?? '', ...fields }),
  });
}

test.each([
  ['capture_method', 'manual'],
  ['off_session', 'true'],
  ['error_on_requires_action', 'true'],
  ['setup_future_usage', 'on_session'],
  ['setup_future_usage', ''],
])('a browser may not decide about %s=%s', async (param, value) => {
  const { status, body } = await confirmFromBrowser({
    payment_method: 'pm_card_visa',
    [param]: value,
  });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param });
});

test('what a browser is refused with shows it no more of the intent than an answer would', async () => {
  const declined = await confirmFromBrowser({ payment_method: 'pm_card_chargeDeclined' });
  expect(declined.status).toBe(402);
  expect(declined.body.error?.payment_intent).toMatchObject({
    object: 'payment_intent',
    status: 'requires_payment_method',
    last_payment_error: { code: 'card_declined' },
  });
  expect(JSON.stringify(declined.body)).not.toContain('margin');

  const unpayable = await confirmFromBrowser({});
  expect(unpayable.body.error?.code).toBe('payment_intent_unexpected_state');
  expect(JSON.stringify(unpayable.body)).not.toContain('margin');
});

test('a browser expands the payment method, and nothing of the merchant beyond it', async () => {
  const seen = await confirmFromBrowser({
    payment_method: 'pm_card_visa',
    'expand[]': 'payment_method',
  });
  expect(seen.body.payment_method).toMatchObject({ object: 'payment_method' });

  const beyond = await confirmFromBrowser({
    payment_method: 'pm_card_visa',
    'expand[]': 'payment_method.customer',
  });
  expect(beyond.status).toBe(400);
  expect(JSON.stringify(beyond.body)).not.toContain('private@example.com');
});

test("a card number that was typed where the owner's name belongs is not kept", async () => {
  const session = await opened.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer,
    success_url: 'https://example.com/done',
  });
  const card = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };
  await opened.call(`/v1/payment_pages/${session.id}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ paymentMethod: { kind: 'card', card, name: '4242 4242 4242 4242' } }),
  });
  const made = await opened.call('/v1/payment_methods', {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` },
    body: new URLSearchParams({
      type: 'card',
      'card[token]': 'tok_visa',
      'billing_details[name]': '4242424242424242',
    }),
  });
  expect(made.body.billing_details).toMatchObject({ name: '[masked]' });
  const saved = await opened.stripe.paymentMethods.list({ customer });
  expect(saved.data[0]?.billing_details.name).toBe('[masked]');
});
