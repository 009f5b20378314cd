import { Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { createSandbox } from '../src/server.ts';
import type { Sandbox } from '../src/server.ts';
import { FUZZ_TIMEOUT, fuzz, judge, send } from './fuzz-target.ts';

let sandbox: Sandbox;
const agent = new Agent({ keepAlive: true });
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(async () => {
  agent.destroy();
  await sandbox.close();
});

/** A shop of its own: each run has a key, and what its key made. */
type Shop = { key: string; made: { [kind: string]: string[] }; days: number };
let shops = 0;
/** The states that were seen at the ends of runs, and the types of events. */
const reached = new Set<string>();
function openShop(): Shop {
  shops += 1;
  return { key: `sk_test_sequence${String(shops)}`, made: {}, days: 0 };
}

type Made = { id?: string; object?: string; payment_method?: string | null };

async function call(shop: Shop, method: string, path: string, form = ''): Promise<Made> {
  const headers = { authorization: `Bearer ${shop.key}` };
  const body = method === 'POST' ? { body: form } : {};
  const answer = await send(agent, sandbox.port, { method, path, headers, ...body });
  const error = judge(answer);
  const made = JSON.parse(answer.text) as Made & { error?: { payment_intent?: Made } };
  const kept = error === undefined ? made : (made.error?.payment_intent ?? {});
  if (kept.id !== undefined && kept.object !== undefined) {
    const known = (shop.made[kept.object] ??= []);
    if (!known.includes(kept.id)) known.push(kept.id);
  }
  return kept;
}

async function list<T>(shop: Shop, path: string): Promise<T[]> {
  const headers = { authorization: `Bearer ${shop.key}` };
  const all: (T & { id: string })[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last === undefined ? '' : `&starting_after=${last.id}`;
    const url = `${path}${path.includes('?') ? '&' : '?'}limit=3${after}`;
    const answer = await send(agent, sandbox.port, { path: url, headers });
    expect(answer.status, answer.text).toBe(200);
    const page = JSON.parse(answer.text) as { data: (T & { id: string })[]; has_more: boolean };
    all.push(...page.data);
    if (!page.has_more) return all;
    expect(page.data).not.toEqual([]);
  }
}

/** What a shop may do, with numbers that choose among what it made. */
type Act = { verb: keyof typeof VERBS; which: number; other: number; amount: number };

const CARDS = [
  'visa',
  'mastercard',
  'chargeCustomerFail',
  'threeDSecure2Required',
  'createDispute',
];
CARDS.push('authenticationRequired', 'visa_chargeDeclined', 'pendingRefund', 'refundFail');

const pick = (shop: Shop, kind: string, which: number): string => {
  const known = shop.made[kind] ?? [];
  return known[which % Math.max(known.length, 1)] ?? `${kind}_none`;
};
const cardOf = (which: number): string => `pm_card_${CARDS[which % CARDS.length] ?? 'visa'}`;
const BACK = 'return_url=http://127.0.0.1:9/';

const VERBS = {
  customer: (shop: Shop) => call(shop, 'POST', '/v1/customers', 'email=ada@example.com'),
  attach: (shop: Shop, { which, other }: Act) =>
    call(
      shop,
      'POST',
      `/v1/payment_methods/${cardOf(which)}/attach`,
      `customer=${pick(shop, 'customer', other)}`,
    ),
  detach: (shop: Shop, { which }: Act) =>
    call(shop, 'POST', `/v1/payment_methods/${pick(shop, 'payment_method', which)}/detach`),
  forget: (shop: Shop, { which }: Act) =>
    call(shop, 'DELETE', `/v1/customers/${pick(shop, 'customer', which)}`),
  setup: (shop: Shop, { which, other }: Act) =>
    call(
      shop,
      'POST',
      '/v1/setup_intents',
      `customer=${pick(shop, 'customer', other)}&payment_method=${cardOf(which)}&confirm=true&${BACK}`,
    ),
  charge: (shop: Shop, { which, other, amount }: Act) =>
    call(
      shop,
      'POST',
      '/v1/payment_intents',
      `amount=${amount}&currency=usd&off_session=true&confirm=true` +
        `&customer=${pick(shop, 'customer', other)}` +
        `&payment_method=${pick(shop, 'payment_method', which)}`,
    ),
  buy: (shop: Shop, { which, other, amount }: Act) =>
    call(
      shop,
      'POST',
      '/v1/payment_intents',
      `amount=${amount}&currency=usd&payment_method=${cardOf(which)}&${other % 2 === 0 ? `confirm=true&${BACK}` : ''}` +
        (other % 3 === 0 ? '&capture_method=manual' : ''),
    ),
  confirm: (shop: Shop, { which, other }: Act) =>
    call(
      shop,
      'POST',
      `/v1/payment_intents/${pick(shop, 'payment_intent', which)}/confirm`,
      other % 2 === 0 ? `${BACK}&payment_method=${cardOf(other)}` : BACK,
    ),
  capture: (shop: Shop, { which, other, amount }: Act) =>
    call(
      shop,
      'POST',
      `/v1/payment_intents/${pick(shop, 'payment_intent', which)}/capture`,
      other % 2 === 0 ? `amount_to_capture=${amount}` : '',
    ),
  cancel: (shop: Shop, { which }: Act) =>
    call(shop, 'POST', `/v1/payment_intents/${pick(shop, 'payment_intent', which)}/cancel`),
  change: (shop: Shop, { which, amount }: Act) =>
    call(
      shop,
      'POST',
      `/v1/payment_intents/${pick(shop, 'payment_intent', which)}`,
      `amount=${amount}`,
    ),
  refund: (shop: Shop, { which, other, amount }: Act) =>
    call(
      shop,
      'POST',
      '/v1/refunds',
      `payment_intent=${pick(shop, 'payment_intent', which)}` +
        (other % 2 === 0 ? `&amount=${amount}` : ''),
    ),
  authenticate: async (shop: Shop, { which, other }: Act) => {
    const kind = other % 2 === 0 ? 'payment_intent' : 'setup_intent';
    const path = `/_challenge/${pick(shop, kind, which)}/${other % 3 === 0 ? 'fail' : 'complete'}`;
    const answer = await send(agent, sandbox.port, { method: 'POST', path, body: '' });
    expect(answer.status).toBeLessThan(500);
  },
  wait: async (shop: Shop, { which }: Act) => {
    const days = which % 4 === 0 ? 8 : 1;
    if (shop.days + days > 25) return;
    shop.days += days;
    const answer = await send(agent, sandbox.port, {
      method: 'POST',
      path: '/_sandbox/clock',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: days * 86_400 }),
    });
    expect(answer.status).toBe(200);
  },
};

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

/** Every event is about something that is there, and each thing is made and paid once. */
async function checkEvents(shop: Shop): Promise<void> {
  const events = await list<Stripe.Event>(shop, '/v1/events');
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const times = new Map<string, number>();
  for (const { type, data } of events) {
    const object = data.object as { id: string; object: string };
    reached.add(type);
    const once = /\.created$|payment_intent\.(succeeded|canceled)$|charge\.captured$/.test(type);
    const key = `${type} ${object.id}`;
    times.set(key, (times.get(key) ?? 0) + 1);
    if (once) expect(times.get(key), key).toBe(1);
    const noun = { charge: 'charges', payment_intent: 'payment_intents', refund: 'refunds' }[
      object.object
    ];
    const where = noun ?? `${object.object}s`;
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
        const shop = openShop();
        await VERBS.customer(shop);
        for (const next of acts) await VERBS[next.verb](shop, next);
        await checkMoney(shop);
        await checkEvents(shop);
        await checkLists(shop);
      }),
      fuzz(60, 15),
    );
    // Or it would have shown nothing.
    const places = ['succeeded', 'canceled', 'charge.failed', 'charge.captured', 'charge.refunded'];
    expect([...reached]).toEqual(expect.arrayContaining(places));
  },
  FUZZ_TIMEOUT,
);
