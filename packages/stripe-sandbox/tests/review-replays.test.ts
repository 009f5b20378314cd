import { afterAll, beforeAll, expect, test } from 'vitest';
import { PUBLISHABLE_KEY, SECRET_KEY, openSandbox } from './open-sandbox.ts';
import type { Answered, Opened } from './open-sandbox.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

async function post(
  path: string,
  idempotencyKey: string,
  fields: { [name: string]: string },
  key = SECRET_KEY,
): Promise<Answered> {
  return opened.call(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey },
    body: new URLSearchParams(fields),
  });
}

const card = (number: string) => ({
  type: 'card',
  'card[number]': number,
  'card[exp_month]': '12',
  'card[exp_year]': '2034',
  'card[cvc]': '123',
});

test('another card number under the same key is another request', async () => {
  await post('/v1/payment_methods', 'cards', card('4242424242424242'), PUBLISHABLE_KEY);
  const other = await post(
    '/v1/payment_methods',
    'cards',
    card('5555555555554444'),
    PUBLISHABLE_KEY,
  );
  expect(other).toMatchObject({ status: 400, body: { error: { type: 'idempotency_error' } } });
});

test('a long order number under the same key is told from the next one', async () => {
  const first = { 'metadata[order]': '1234567890123' };
  const { body } = await post('/v1/customers', 'orders', first);
  expect((await post('/v1/customers', 'orders', first)).body.id).toBe(body.id);
  const next = await post('/v1/customers', 'orders', { 'metadata[order]': '1234567890124' });
  expect(next.body.error?.type).toBe('idempotency_error');
});

test('a browser gets no replay of what a server was answered, nor with another client secret', async () => {
  const intent = await opened.stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
  const path = `/v1/payment_intents/${intent.id}/confirm`;
  const fields = {
    client_secret: intent.client_secret ?? '',
    payment_method: 'pm_card_visa',
    return_url: 'https://example.com',
  };
  expect((await post(path, 'server', fields)).status).toBe(200);
  expect((await post(path, 'server', fields, PUBLISHABLE_KEY)).status).toBe(400);
  const guessed = { ...fields, client_secret: `${intent.id}_secret_guess` };
  expect((await post(path, 'server', guessed)).status).toBe(400);
});
