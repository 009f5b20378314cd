import { Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { createSandbox } from '../src/server.ts';
import type { Sandbox } from '../src/server.ts';
import { VERBS, call, openShop } from './fuzz-shop.ts';
import type { Act, Shop } from './fuzz-shop.ts';
import { FUZZ_TIMEOUT, fuzz, send } from './fuzz-target.ts';

let sandbox: Sandbox;
const agent = new Agent({ keepAlive: true });
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(async () => {
  agent.destroy();
  await sandbox.close();
});

/** The states that were seen at the ends of runs, and the types of events. */
const reached = new Set<string>();
async function list<T>(shop: Shop, path: string): Promise<T[]> {
  const headers = { authorization: `Bearer ${shop.key}` };
  const all: (T & { id: string })[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last === undefined ? '' : `&starting_after=${last.id}`;
    const url = `${path}${path.includes('?') ? '&' : '?'}limit=3${after}`;
    const answer = await send(shop.agent, shop.port, { path: url, headers });
    expect(answer.status, answer.text).toBe(200);
    const page = JSON.parse(answer.text) as { data: (T & { id: string })[]; has_more: boolean };
    all.push(...page.data);
    if (!page.has_more) return all;
    expect(page.data).not.toEqual([]);
  }
}

const act: fc.Arbitrary<Act> = fc.record({
  verb: fc.constantFrom(...(Object.keys(VERBS) as (keyof typeof VERBS)[])),
  which: fc.nat(20),
  other: fc.nat(20),
  amount: fc.constantFrom(50, 500, 999, 1000, 1001, 2000),
});

/** No intent takes more than it may, succeeds twice, or gives back more than it took. */
async function checkMoney(shop: Shop): Promise<void> {
  for (const intent of await list<Stripe.PaymentIntent>(shop, '/v1/payment_intents')) {
    reached.add(intent.status);
    const query = `payment_intent=${intent.id}`;
    const charges = await list<Stripe.Charge>(shop, `/v1/charges?${query}`);
    const refunds = await list<Stripe.Refund>(shop, `/v1/refunds?${query}`);
    const good = charges.filter(({ status }) => status === 'succeeded');
    const [paid] = good;
    expect(good.length).toBeLessThanOrEqual(1);
    expect(intent.amount_received).toBeLessThanOrEqual(intent.amount);
    expect(intent.amount_capturable).toBe(intent.status === 'requires_capture' ? intent.amount : 0);
    expect(intent.amount_received).toBe(intent.status === 'succeeded' ? paid?.amount_captured : 0);
    if (intent.status === 'succeeded') expect(paid?.captured).toBe(true);
    if (intent.status === 'requires_action') expect(intent.next_action).not.toBeNull();
    else expect(intent.next_action).toBeNull();
    if (intent.status === 'canceled') expect(intent.canceled_at).not.toBeNull();
    const back = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled');
    const total = back.reduce((sum, { amount }) => sum + amount, 0);
    expect(total).toBeLessThanOrEqual(intent.amount_received);
    // What was held and not captured may count as given back.
    const released = (paid?.amount ?? 0) - (paid?.amount_captured ?? 0);
    if (refunds.length > 0) expect([total, total + released]).toContain(paid?.amount_refunded);
  }
}

/** What is complete was completed once, and what it was to pay was paid. */
async function checkSessions(shop: Shop): Promise<void> {
  for (const session of await list<Stripe.Checkout.Session>(shop, '/v1/checkout/sessions')) {
    reached.add(`session ${session.status ?? ''}`);
    if (session.status !== 'open') expect(session.url).toBeNull();
    if (session.status !== 'complete' || session.mode !== 'payment') continue;
    const path = `/v1/payment_intents/${session.payment_intent as string}`;
    const intent = (await call(shop, 'GET', path)) as Stripe.PaymentIntent;
    expect(intent.amount).toBe(session.amount_total);
    if (session.payment_status === 'paid') expect(intent.status).toBe('succeeded');
  }
}

/** Every event is about something that is there, and each thing is made and paid once. */
async function checkEvents(shop: Shop): Promise<void> {
  const events = await list<Stripe.Event>(shop, '/v1/events');
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const times = new Map<string, number>();
  for (const { type, data } of events) {
    const object = data.object as { id: string; object: string };
    reached.add(type);
    const once =
      /\.created$|payment_intent\.(succeeded|canceled)$|charge\.captured$|session\.(completed|expired)$/.test(
        type,
      );
    const key = `${type} ${object.id}`;
    times.set(key, (times.get(key) ?? 0) + 1);
    if (once) expect(times.get(key), key).toBe(1);
    const where = object.object === 'checkout.session' ? 'checkout/sessions' : `${object.object}s`;
    const found = await call(shop, 'GET', `/v1/${where}/${object.id}`);
    expect(found.id, key).toBe(object.id);
  }
  const succeeded = events.filter(({ type }) => type === 'payment_intent.succeeded');
  for (const { data } of succeeded) {
    const { id } = data.object as { id: string };
    const intent = (await call(shop, 'GET', `/v1/payment_intents/${id}`)) as Stripe.PaymentIntent;
    expect(intent.status).toBe('succeeded');
  }
}

/** Pages of three add up to what one page of a hundred shows. */
async function checkLists(shop: Shop): Promise<void> {
  const headers = { authorization: `Bearer ${shop.key}` };
  for (const path of ['/v1/payment_intents', '/v1/charges', '/v1/events', '/v1/customers']) {
    const paged = await list<{ id: string }>(shop, path);
    const answer = await send(agent, sandbox.port, { path: `${path}?limit=100`, headers });
    const whole = JSON.parse(answer.text) as { data: { id: string }[] };
    expect(paged.slice(0, 100).map(({ id }) => id)).toEqual(whole.data.map(({ id }) => id));
    expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length);
  }
}

test(
  'whatever a shop does, in whatever order, its money adds up',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
        const shop = openShop(agent, sandbox.port);
        await VERBS.customer(shop);
        for (const next of acts) await VERBS[next.verb](shop, next);
        await checkMoney(shop);
        await checkSessions(shop);
        await checkEvents(shop);
        await checkLists(shop);
      }),
      fuzz(200, 15),
    );
    // Or it would have shown nothing.
    const places = ['succeeded', 'canceled', 'charge.failed', 'charge.captured', 'charge.refunded'];
    places.push('session complete', 'session open', 'session expired');
    expect([...reached]).toEqual(expect.arrayContaining(places));
  },
  FUZZ_TIMEOUT,
);
