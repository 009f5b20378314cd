import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import Stripe from 'stripe';
import { control } from './control.ts';
import {
  offSessionCharge,
  openSandbox,
  openStripe,
  refusal,
  saveCard,
  until,
} from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterEach(async () => {
  await control(opened, 'DELETE', 'faults');
});
afterAll(async () => {
  await opened.sandbox.close();
});

/** A client that nobody watches: half an answer fits no type. */
const plainClient = (options: Stripe.StripeConfig = {}): Stripe =>
  new Stripe('sk_test_contractsuite', {
    host: '127.0.0.1',
    port: opened.sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    ...options,
  });

const plant = (fault: object): Promise<{ id: string }> =>
  control(opened, 'POST', 'faults', { method: 'POST', path: '/v1/customers', ...fault });

async function made(email: string): Promise<number> {
  return (await stripe.customers.list({ email })).data.length;
}

test('a held answer does the work once, and the key finds it', async () => {
  const saved = await saveCard(stripe, 'pm_card_visa');
  await plant({ path: '/v1/payment_intents', action: 'hold_after' });
  const stop = new AbortController();
  const request = {
    method: 'POST',
    headers: {
      'idempotency-key': 'payment:held',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      amount: '1099',
      currency: 'usd',
      customer: saved.customer,
      payment_method: saved.method,
      off_session: 'true',
      confirm: 'true',
    }).toString(),
  };
  const cut = opened.call('/v1/payment_intents', { ...request, signal: stop.signal });
  const charges = () => stripe.charges.list({ customer: saved.customer });
  await until(async () => (await charges()).data.length === 1);
  stop.abort();
  await expect(cut).rejects.toThrow();
  const replay = await opened.call('/v1/payment_intents', request);
  expect(replay.body.status).toBe('succeeded');
  expect(replay.headers.get('idempotent-replayed')).toBe('true');
  expect((await charges()).data).toHaveLength(1);
  type Line = { idempotencyKey: string; replayed: boolean };
  const query = 'requests?path=/v1/payment_intents&method=POST';
  const lines = (await control<Line[]>(opened, 'GET', query)).filter(
    ({ idempotencyKey }) => idempotencyKey === 'payment:held',
  );
  expect(lines.map(({ replayed }) => replayed)).toEqual([false, true]);
});

test.each([
  ['reset_before', 0],
  ['reset_after', 1],
  ['truncate', 1],
] as const)('%s loses the answer; customers made: %i', async (action, count) => {
  const email = `${action}@example.com`;
  // Twice: Node's client repeats a reset request by itself once.
  await plant({ action, times: 2 });
  await expect(
    plainClient().customers.create({ email }, { idempotencyKey: action }),
  ).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
  expect(await made(email)).toBe(count);
  await control(opened, 'DELETE', 'faults');
  await stripe.customers.create({ email }, { idempotencyKey: action });
  expect(await made(email)).toBe(1);
});

test('a truncated answer announces more than it sends', async () => {
  await plant({ action: 'truncate' });
  const response = await fetch(`${opened.sandbox.url}/v1/customers`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_contractsuite' },
  });
  expect(response.status).toBe(200);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  await expect(response.text()).rejects.toThrow();
});

test('a delayed answer outlasts a client that waits less, and the work is done', async () => {
  await plant({ action: 'delay', delayMs: 400 });
  const impatient = plainClient({ timeout: 50 });
  const email = 'delay@example.com';
  await expect(impatient.customers.create({ email })).rejects.toBeInstanceOf(
    Stripe.errors.StripeConnectionError,
  );
  await until(async () => (await made(email)) === 1);
});

test('an error is what it is told to be', async () => {
  const error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'do_not_honor',
    message: 'Your card was declined.',
  };
  await plant({ action: 'status', status: 402, error });
  const declined = await refusal(stripe.customers.create({}));
  expect(declined).toBeInstanceOf(Stripe.errors.StripeCardError);
  expect(declined).toMatchObject({ statusCode: 402, ...error, type: 'StripeCardError' });
});

test('a rate limit and a lock are told apart by the header, and nothing is kept under the key', async () => {
  const options = { idempotencyKey: 'limited' };
  await plant({ action: 'rate_limit', reason: 'global-concurrency' });
  const limited = await refusal(stripe.customers.create({}, options));
  expect(limited).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  expect(limited.headers?.['stripe-rate-limited-reason']).toBe('global-concurrency');
  await plant({ action: 'lock_timeout' });
  const locked = await refusal(stripe.customers.create({}, options));
  expect(locked).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
  expect(locked.headers).not.toHaveProperty('stripe-rate-limited-reason');
  expect((await stripe.customers.create({}, options)).object).toBe('customer');
});

test.each([
  [true, 402, 2],
  [false, 503, 1],
])(
  'Stripe-Should-Retry: %s decides about a %i: %i requests',
  async (shouldRetry, status, asked) => {
    await plant({ action: 'status', status, shouldRetry });
    const patient = openStripe(opened.sandbox, 'sk_test_retrying');
    const since = (await control<{ now: number }>(opened, 'GET', 'clock')).now;
    await patient.customers
      .create({}, { maxNetworkRetries: 1 })
      .catch((error: unknown) => expect(error).toBeInstanceOf(Stripe.errors.StripeError));
    const lines = await control<unknown[]>(opened, 'GET', `requests?since=${String(since)}`);
    expect(lines).toHaveLength(asked);
  },
);

/** The statuses of forty requests under a mixture. */
async function statuses(seed: number): Promise<(number | 'reset')[]> {
  await control(opened, 'POST', 'chaos', {
    seed,
    faults: [
      { action: 'status', status: 500, method: 'POST', path: '/v1/customers', probability: 0.3 },
      { action: 'rate_limit', method: '*', path: '/v1/', probability: 0.2 },
    ],
  });
  const seen = [];
  for (let count = 0; count < 40; count += 1) {
    const answer = await opened.call('/v1/customers', { method: count % 2 ? 'POST' : 'GET' });
    seen.push(answer.status);
  }
  await control(opened, 'DELETE', 'chaos');
  return seen;
}

test('a seed makes a mixture of faults repeatable', async () => {
  const first = await statuses(42);
  expect(await statuses(42)).toEqual(first);
  expect(await statuses(43)).not.toEqual(first);
  expect(new Set(first)).toEqual(new Set([200, 429, 500]));
});

test('a wrong plan is refused in a sentence and plants nothing', async () => {
  const wrong = [
    { action: 'explode' },
    { action: 'status', status: 200 },
    { action: 'status', sttaus: 500 },
    { action: 'status', probability: 2 },
    { action: 'status', times: 0 },
  ];
  for (const fault of wrong) await expect(plant(fault)).rejects.toThrow('400');
  expect(await control(opened, 'GET', 'faults')).toEqual([]);
});

test('an off-session charge survives a mixture of everything with keys and retries', async () => {
  const saved = await saveCard(stripe, 'pm_card_visa');
  await control(opened, 'POST', 'chaos', {
    seed: 5,
    faults: (
      ['reset_before', 'reset_after', 'truncate', 'rate_limit', 'lock_timeout'] as const
    ).map((action) => ({ action, method: 'POST', path: '/v1/payment_intents', probability: 0.15 })),
  });
  const client = plainClient();
  for (let payment = 0; payment < 10; payment += 1) {
    const options = { idempotencyKey: `mixture:${String(payment)}` };
    await until(async () =>
      client.paymentIntents.create(offSessionCharge(saved), options).then(
        () => true,
        () => false,
      ),
    );
  }
  await control(opened, 'DELETE', 'chaos');
  const { data } = await stripe.charges.list({ customer: saved.customer, limit: 100 });
  expect(data).toHaveLength(10);
});
