import type { Agent } from 'node:http';
import { expect } from 'vitest';
import { judge, send } from './fuzz-target.ts';

/** A shop of its own: each run has a key, and what its key made. */
export type Shop = {
  key: string;
  agent: Agent;
  port: number;
  made: { [kind: string]: string[] };
  days: number;
};
let shops = 0;
export function openShop(agent: Agent, port: number): Shop {
  shops += 1;
  return { key: `sk_test_sequence${String(shops)}`, agent, port, made: {}, days: 0 };
}

type Made = { id?: string; object?: string; payment_method?: string | null };

/** A call with the shop's key; remembers the id of what it made. */
export async function call(shop: Shop, method: string, path: string, form = ''): Promise<Made> {
  const headers = { authorization: `Bearer ${shop.key}` };
  const body = method === 'POST' ? { body: form } : {};
  const answer = await send(shop.agent, shop.port, { method, path, headers, ...body });
  const error = judge(answer);
  const made = JSON.parse(answer.text) as Made & { error?: { payment_intent?: Made } };
  const kept = error === undefined ? made : (made.error?.payment_intent ?? {});
  if (kept.id !== undefined && kept.object !== undefined) {
    const known = (shop.made[kept.object] ??= []);
    if (!known.includes(kept.id)) known.push(kept.id);
  }
  return kept;
}

/** What a shop may do, with numbers that choose among what it made. */
export type Act = { verb: keyof typeof VERBS; which: number; other: number; amount: number };

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

export const VERBS = {
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
    const answer = await send(shop.agent, shop.port, { method: 'POST', path, body: '' });
    expect(answer.status).toBeLessThan(500);
  },
  wait: async (shop: Shop, { which }: Act) => {
    const days = which % 4 === 0 ? 8 : 1;
    if (shop.days + days > 25) return;
    shop.days += days;
    const answer = await send(shop.agent, shop.port, {
      method: 'POST',
      path: '/_sandbox/clock',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: days * 86_400 }),
    });
    expect(answer.status).toBe(200);
  },
  session: (shop: Shop, { which, other, amount }: Act) =>
    call(
      shop,
      'POST',
      '/v1/checkout/sessions',
      `success_url=http://127.0.0.1:9/&customer=${pick(shop, 'customer', which)}&` +
        (other % 3 === 0 ? 'mode=setup&currency=usd' : itemOf(amount)) +
        (other % 4 === 1 ? '&payment_intent_data[capture_method]=manual' : ''),
    ),
  submit: (shop: Shop, { which, other }: Act) =>
    call(
      shop,
      'POST',
      `/v1/payment_pages/${pick(shop, 'checkout.session', which)}/confirm`,
      `payment_method=${cardOf(other)}`,
    ),
  expire: (shop: Shop, { which }: Act) =>
    call(shop, 'POST', `/v1/checkout/sessions/${pick(shop, 'checkout.session', which)}/expire`),
};

function itemOf(amount: number): string {
  const price = 'line_items[0][price_data]';
  return `mode=payment&line_items[0][quantity]=1&${price}[currency]=usd&${price}[unit_amount]=${amount}&${price}[product_data][name]=x`;
}
