import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { control } from './control.ts';
import { openSandbox, pressCheckoutButton, refusal, until } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { openListener } from './webhook-listener.ts';
import type { Listener, Received } from './webhook-listener.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(statuses?: number[]): Promise<Listener> {
  const listener = await openListener(statuses);
  closing.push(listener.close);
  return listener;
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

function read(
  opened: Opened,
  { secret }: { secret?: string },
  sent: Received | undefined,
): Stripe.Event {
  if (sent === undefined) throw new Error('Nothing came.');
  return opened.stripe.webhooks.constructEvent(sent.body, sent.signature, secret ?? '');
}

const HOUR = 60 * 60;
type Shown = { id: number; state: string; attempts: number; lastStatus: number; eventId: string };

test('an event arrives signed, and only where it is wanted', async () => {
  const opened = await open();
  const all = await listen();
  const some = await listen();
  const endpoint = await subscribe(opened.stripe, all.url);
  await subscribe(opened.stripe, some.url, ['customer.deleted']);
  const customer = await opened.stripe.customers.create(
    { email: 'ada@example.com' },
    { idempotencyKey: 'shopper:1' },
  );
  await opened.stripe.customers.del(customer.id);
  await until(() => all.received.length === 2 && some.received.length === 1);
  expect(read(opened, endpoint, all.received[0])).toMatchObject({
    type: 'customer.created',
    api_version: '2026-10-28.endive',
    data: { object: { id: customer.id, email: 'ada@example.com' } },
    request: { idempotency_key: 'shopper:1' },
  });
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect((await opened.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
});

test('an event is rendered in the version of the endpoint, and of the account when it is fetched', async () => {
  const opened = await open();
  const listener = await listen();
  const old = await opened.stripe.webhookEndpoints.create({
    url: listener.url,
    enabled_events: ['*'],
    api_version: '2025-03-31.basil',
  });
  await opened.stripe.customers.create({});
  await until(() => listener.received.length === 1);
  const event = read(opened, old, listener.received[0]);
  expect(event.api_version).toBe('2025-03-31.basil');
  const fetched = await opened.stripe.events.retrieve(event.id);
  expect(fetched.api_version).toBe('2026-10-28.endive');
});

test('a delivery that fails is tried three times within hours, each time signed anew', async () => {
  const opened = await open();
  const listener = await listen([500, 301, 404]);
  const endpoint = await subscribe(opened.stripe, listener.url);
  await opened.stripe.customers.create({});
  await until(() => listener.received.length === 1);
  const [waiting] = (await opened.stripe.events.list({ delivery_success: false })).data;
  expect(waiting?.pending_webhooks).toBe(1);
  for (const [hours, count] of [
    [1, 2],
    [3, 3],
    [24, 3],
  ] as const) {
    await until(async () => {
      const [shown] = await control<Shown[]>(opened, 'GET', 'deliveries');
      return shown?.attempts === listener.received.length;
    });
    await control(opened, 'POST', 'clock', { advanceSeconds: hours * HOUR });
    await until(() => listener.received.length === count);
  }
  const tries = listener.received.map((sent) => read(opened, endpoint, sent).id);
  expect(new Set(tries).size).toBe(1);
  expect(new Set(listener.received.map(({ signature }) => signature)).size).toBe(3);
  const [given] = await control<Shown[]>(opened, 'GET', 'deliveries');
  expect(given).toMatchObject({ state: 'failed', attempts: 3, lastStatus: 404 });
  const [failed] = (await opened.stripe.events.list({ delivery_success: false })).data;
  expect(failed).toMatchObject({ id: tries[0], pending_webhooks: 0 });
});

test('an event is resent to one endpoint, as the CLI does it', async () => {
  const opened = await open();
  const listener = await listen([500, 200]);
  const endpoint = await subscribe(opened.stripe, listener.url);
  await opened.stripe.customers.create({});
  await until(() => listener.received.length === 1);
  const { id } = read(opened, endpoint, listener.received[0]);
  const resent = await opened.call(`/v1/events/${id}/retry`, {
    method: 'POST',
    body: new URLSearchParams({ webhook_endpoint: endpoint.id }),
  });
  expect(resent.body).toMatchObject({ id, object: 'event' });
  await until(() => listener.received.length === 2);
  expect(read(opened, endpoint, listener.received[1]).id).toBe(id);
  await until(
    async () => (await opened.stripe.events.list({ delivery_success: false })).data.length === 0,
  );
  const unknown = await opened.call(`/v1/events/${id}/retry`, {
    method: 'POST',
    body: new URLSearchParams({ webhook_endpoint: 'we_unknown' }),
  });
  expect(unknown.body.error).toMatchObject({ code: 'resource_missing' });
});

test('a disabled endpoint gets nothing, a changed one what it now wants, a deleted one nothing more', async () => {
  const opened = await open();
  const { stripe } = opened;
  const listener = await listen();
  const { id } = await subscribe(stripe, listener.url);
  expect((await stripe.webhookEndpoints.update(id, { disabled: true })).status).toBe('disabled');
  const customer = await stripe.customers.create({});
  await stripe.webhookEndpoints.update(id, {
    disabled: false,
    enabled_events: ['customer.updated'],
    description: 'shop',
    metadata: { app: 'storefront' },
  });
  await stripe.customers.update(customer.id, { name: 'Ada' });
  await stripe.customers.del(customer.id);
  await until(() => listener.received.length === 1);
  await stripe.webhookEndpoints.del(id);
  await stripe.customers.create({});
  await control(opened, 'POST', 'webhooks/deliver');
  expect(listener.types()).toEqual(['customer.updated']);
});

test('an account has 16 endpoints at most', async () => {
  const { stripe } = await open();
  const { url } = await listen();
  for (let count = 0; count < 16; count += 1) await subscribe(stripe, url);
  expect((await refusal(subscribe(stripe, url))).statusCode).toBe(400);
});

test('an update tells what was before, and only of what has changed', async () => {
  const { stripe } = await open();
  const { id } = await stripe.customers.create({ name: 'Ada', metadata: { a: '1', b: '2' } });
  await stripe.customers.update(id, { name: 'Grace', metadata: { a: '3', c: '4' } });
  const [event] = (await stripe.events.list({ type: 'customer.updated' })).data;
  expect(event?.data.previous_attributes).toEqual({
    name: 'Ada',
    metadata: { a: '1', c: null },
  });
});

test('events go after 30 days', async () => {
  const opened = await open();
  const { stripe } = opened;
  await stripe.customers.create({});
  const [event] = (await stripe.events.list({ type: 'customer.*' })).data;
  expect(event?.type).toBe('customer.created');
  await control(opened, 'POST', 'clock', { advanceSeconds: 31 * 24 * HOUR });
  expect((await stripe.events.list()).data).toEqual([]);
  expect((await refusal(stripe.events.retrieve(event?.id ?? ''))).code).toBe('resource_missing');
});

test('a rolled secret signs beside the former one for a day', async () => {
  const opened = await open();
  const listener = await listen();
  const endpoint = await subscribe(opened.stripe, listener.url);
  const { secret } = await control<{ secret: string }>(
    opened,
    'POST',
    `webhook_endpoints/${endpoint.id}/roll_secret`,
    {},
  );
  await opened.stripe.customers.create({});
  await until(() => listener.received.length === 1);
  expect(read(opened, { secret }, listener.received[0]).type).toBe('customer.created');
  expect(read(opened, endpoint, listener.received[0]).type).toBe('customer.created');
  await control(opened, 'POST', 'clock', { advanceSeconds: 25 * HOUR });
  await opened.stripe.customers.create({});
  await until(() => listener.received.length === 2);
  expect(read(opened, { secret }, listener.received[1]).type).toBe('customer.created');
  expect(() => read(opened, endpoint, listener.received[1])).toThrow('signature');
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
  expect(read(after, endpoint, listener.received[1]).type).toBe('checkout.session.completed');
  for (const file of await readdir(dataDir)) {
    const bytes = await readFile(join(dataDir, file));
    expect(bytes.includes('4242424242424242')).toBe(false);
  }
});
