import { afterEach, beforeEach, expect, test } from 'vitest';
import { control } from './control.ts';
import { openSandbox, until } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { openListener } from './webhook-listener.ts';
import type { Listener } from './webhook-listener.ts';

let opened: Opened;
let listener: Listener;
beforeEach(async () => {
  opened = await openSandbox();
  listener = await openListener();
  await opened.stripe.webhookEndpoints.create({ url: listener.url, enabled_events: ['*'] });
});
afterEach(async () => {
  await opened.sandbox.close();
  await listener.close();
});

type Shown = { id: number; type: string; state: string; attempts: number; eventId: string };

const shown = (query = ''): Promise<Shown[]> => control(opened, 'GET', `deliveries${query}`);
const deliver = (): Promise<unknown> => control(opened, 'POST', 'webhooks/deliver');

/** One customer is made, renamed, and deleted: three events. */
async function liveACustomersLife(): Promise<void> {
  const { id } = await opened.stripe.customers.create({ name: 'Ada' });
  await opened.stripe.customers.update(id, { name: 'Grace' });
  await opened.stripe.customers.del(id);
}
const LIFE = ['customer.created', 'customer.updated', 'customer.deleted'];

test('held deliveries go out in order when they are asked for', async () => {
  await control(opened, 'POST', 'webhooks', { paused: true });
  await liveACustomersLife();
  expect(listener.received).toHaveLength(0);
  expect((await shown('?state=pending')).map(({ type }) => type)).toEqual([...LIFE].reverse());
  expect(await deliver()).toEqual({ tried: 3 });
  expect(listener.types()).toEqual(LIFE);
});

test('a held delivery goes out alone, in whatever order, and again when it is asked for', async () => {
  await control(opened, 'POST', 'webhooks', { paused: true });
  await liveACustomersLife();
  const [deleted, , created] = await shown();
  for (const delivery of [deleted, created, created]) {
    await control(opened, 'POST', `deliveries/${String(delivery?.id)}/deliver`);
  }
  expect(listener.types()).toEqual(['customer.deleted', 'customer.created', 'customer.created']);
});

test('the next delivery is lost, and the event says that it was not taken', async () => {
  await control(opened, 'POST', 'webhooks', { drop: { type: 'customer.updated' } });
  await liveACustomersLife();
  await until(() => listener.received.length === 2);
  await deliver();
  expect(listener.types().sort()).toEqual(['customer.created', 'customer.deleted']);
  const [lost] = (await opened.stripe.events.list({ delivery_success: false })).data;
  expect(lost?.type).toBe('customer.updated');
  expect((await shown('?state=dropped'))[0]).toMatchObject({ eventId: lost?.id, attempts: 0 });
  expect(await shown('?limit=2')).toHaveLength(2);
  expect(await control(opened, 'GET', 'deliveries/counts')).toEqual({
    events: 3,
    tries: 2,
    pending: 0,
    delivered: 2,
    failed: 0,
    dropped: 1,
  });
});

test('the next two deliveries come twice, with the same event', async () => {
  await control(opened, 'POST', 'webhooks', { double: { times: 2 } });
  await liveACustomersLife();
  await until(() => listener.received.length === 5);
  await deliver();
  const ids = listener.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  expect(ids).toHaveLength(5);
  expect(new Set(ids).size).toBe(3);
});

/** What arrives, in order, when twelve customers are made under a mixture. */
async function arrivals(seed: number): Promise<string[]> {
  await control(opened, 'POST', 'webhooks', { paused: true });
  const webhooks = { drop: 0.2, double: 0.3, shuffle: true };
  await control(opened, 'POST', 'chaos', { seed, webhooks });
  const from = listener.received.length;
  for (let count = 0; count < 12; count += 1) {
    await opened.stripe.customers.create({ name: String(count) });
  }
  await deliver();
  await control(opened, 'DELETE', 'chaos');
  return listener.received.slice(from).map(({ body }) => {
    return (JSON.parse(body) as { data: { object: { name: string } } }).data.object.name;
  });
}

test('a seed repeats what is lost, doubled and out of order', async () => {
  const first = await arrivals(7);
  expect(await arrivals(7)).toEqual(first);
  expect(await arrivals(8)).not.toEqual(first);
  expect(first).not.toEqual([...first].sort((a, b) => Number(a) - Number(b)));
  expect(new Set(first).size).toBeLessThan(12);
  expect(new Set(first).size).toBeLessThan(first.length);
});

test('a shuffled order also arrives without anybody asking for it', async () => {
  await control(opened, 'POST', 'chaos', { seed: 3, webhooks: { shuffle: true } });
  await liveACustomersLife();
  await until(() => listener.received.length === 3);
  expect(listener.types().sort()).toEqual([...LIFE].sort());
});
