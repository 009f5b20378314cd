import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, pressCheckoutButton, until } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

type Received = { signature: string; body: string };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A listener that answers with the given statuses in turn, the last one for ever. */
async function listen(statuses: number[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature']);
      received.push({ signature, body: Buffer.concat(parts).toString('utf8') });
      response.statusCode = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/webhooks`, received };
}

async function open(dataDir?: string): Promise<Opened> {
  const opened = await openSandbox(dataDir === undefined ? {} : { dataDir });
  closing.push(() => opened.sandbox.close());
  return opened;
}

async function subscribe(
  stripe: Stripe,
  url: string,
  events: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = ['*'],
): Promise<Stripe.WebhookEndpoint> {
  return stripe.webhookEndpoints.create({
    url,
    enabled_events: events,
    api_version: '2026-10-28.endive',
  });
}

function read(opened: Opened, endpoint: Stripe.WebhookEndpoint, sent: Received): Stripe.Event {
  return opened.stripe.webhooks.constructEvent(sent.body, sent.signature, endpoint.secret ?? '');
}

test('an event arrives signed, and only where it is wanted', async () => {
  const opened = await open();
  const all = await listen([200]);
  const some = await listen([200]);
  const endpoint = await subscribe(opened.stripe, all.url);
  await subscribe(opened.stripe, some.url, ['customer.deleted']);
  const customer = await opened.stripe.customers.create(
    { email: 'ada@example.com' },
    { idempotencyKey: 'shopper:1' },
  );
  await opened.stripe.customers.del(customer.id);
  await until(() => all.received.length === 2 && some.received.length === 1);
  const [first] = all.received.map((sent) => read(opened, endpoint, sent));
  expect(first).toMatchObject({
    type: 'customer.created',
    api_version: '2026-10-28.endive',
    data: { object: { id: customer.id, email: 'ada@example.com' } },
    request: { idempotency_key: 'shopper:1' },
  });
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect((await opened.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
});

test('a delivery that fails is tried again with a new signature until it is taken', async () => {
  const opened = await open();
  const listener = await listen([500, 301, 200]);
  const endpoint = await subscribe(opened.stripe, listener.url);
  await opened.stripe.customers.create({});
  await until(() => listener.received.length === 1);
  const [waiting] = (await opened.stripe.events.list({ delivery_success: false })).data;
  expect(waiting?.pending_webhooks).toBe(1);
  for (const count of [2, 3]) {
    await opened.call('/_sandbox/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 5 }),
    });
    await until(() => listener.received.length === count);
  }
  const ids = listener.received.map((sent) => read(opened, endpoint, sent).id);
  expect(new Set(ids).size).toBe(1);
  expect(new Set(listener.received.map(({ signature }) => signature)).size).toBe(3);
  await until(
    async () => (await opened.stripe.events.list({ delivery_success: false })).data.length === 0,
  );
});

test('held deliveries go out when they are asked for', async () => {
  const opened = await open();
  const listener = await listen([200]);
  await subscribe(opened.stripe, listener.url);
  const json = { 'content-type': 'application/json' };
  const pause = JSON.stringify({ paused: true });
  await opened.call('/_sandbox/webhooks', { method: 'POST', headers: json, body: pause });
  await opened.stripe.customers.create({});
  expect(listener.received).toHaveLength(0);
  const delivered = await opened.call('/_sandbox/webhooks/deliver', { method: 'POST' });
  expect(delivered.body.tried).toBe(1);
  expect(listener.received).toHaveLength(1);
});

test('a restart keeps objects, keys, sessions and what is still to be delivered', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  const before = await openSandbox({ dataDir });
  const listener = await listen([503, 200]);
  const endpoint = await subscribe(before.stripe, listener.url, ['checkout.session.completed']);
  const options = { idempotencyKey: 'shopper:restart' };
  const customer = await before.stripe.customers.create({ name: 'Ada' }, options);
  const session = await before.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    success_url: 'http://localhost:3000/done',
  });
  await pressCheckoutButton(before, session, '4242424242424242');
  await until(() => listener.received.length === 1);
  await before.sandbox.close();

  const after = await open(dataDir);
  expect((await after.stripe.customers.create({ name: 'Ada' }, options)).id).toBe(customer.id);
  expect((await after.stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  const { data } = await after.stripe.customers.listPaymentMethods(customer.id);
  expect(data[0]?.card?.last4).toBe('4242');
  await until(() => listener.received.length === 2);
  const [, second] = listener.received;
  if (second === undefined) throw new Error('Nothing came.');
  expect(read(after, endpoint, second).type).toBe('checkout.session.completed');
  for (const file of await readdir(dataDir)) {
    const bytes = await readFile(join(dataDir, file));
    expect(bytes.includes('4242424242424242')).toBe(false);
  }
});
