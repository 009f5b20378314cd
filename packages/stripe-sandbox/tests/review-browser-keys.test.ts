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
