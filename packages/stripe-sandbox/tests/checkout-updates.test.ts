import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, refusal } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { advance, eventTypes, press, typedCard } from './press-checkout.ts';
import { LEAST } from './refused-session.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

async function sell(more: object = {}): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    ...LEAST.payment,
    ...more,
  });
}

const ELEMENTS = { ...LEAST.elements, return_url: LEAST.address };

describe('changing a session', () => {
  test('metadata can always be changed, name by name', async () => {
    const session = await sell({ metadata: { order: '7', shelf: 'a' } });
    await press(opened, session);
    const changed = await stripe.checkout.sessions.update(session.id, {
      metadata: { shelf: '', row: '2' },
    });
    expect(changed.metadata).toEqual({ order: '7', row: '2' });
  });

  test('items are sent again: those with an id stay, and the amount follows', async () => {
    const session = await sell({ ...ELEMENTS, line_items: [LEAST.item, LEAST.item] });
    const { data } = await stripe.checkout.sessions.listLineItems(session.id);
    const [first] = data;
    if (first === undefined) throw new Error('The session has no items.');
    const changed = await stripe.checkout.sessions.update(session.id, {
      line_items: [{ id: first.id, quantity: 3 }],
    });
    expect(changed).toMatchObject({ amount_subtotal: 4500, amount_total: 4500 });
    const after = await stripe.checkout.sessions.listLineItems(session.id);
    expect(after.data).toMatchObject([{ id: first.id, quantity: 3, amount_total: 4500 }]);
  });

  test('the PaymentIntent follows, and an attempt that waits is abandoned', async () => {
    const session = await sell(ELEMENTS);
    const asked = await press(opened, session, typedCard('4000002760003184'));
    expect(asked.body.status).toBe('requires_action');
    await stripe.checkout.sessions.update(session.id, {
      payment_intent_data: { description: 'Two prints', setup_future_usage: 'off_session' },
    });
    const intent = await stripe.paymentIntents.retrieve(String(asked.body.intent_id));
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      description: 'Two prints',
      setup_future_usage: 'off_session',
      next_action: null,
    });
  });

  test('shipping is chosen by us where the shopper may not', async () => {
    const session = await sell({
      ...ELEMENTS,
      permissions: { update_shipping_details: 'server_only' },
    });
    const address = { country: 'AT', line1: 'Ring 1' };
    const changed = await stripe.checkout.sessions.update(session.id, {
      collected_information: { shipping_details: { name: 'Ada Lovelace', address } },
      shipping_options: [
        {
          shipping_rate_data: {
            display_name: 'Post',
            type: 'fixed_amount',
            fixed_amount: { amount: 500, currency: 'usd' },
          },
        },
      ],
    });
    expect(changed).toMatchObject({
      amount_total: 2000,
      total_details: { amount_shipping: 500 },
      collected_information: { shipping_details: { name: 'Ada Lovelace', address } },
    });
  });

  test.each<[string, object, Stripe.Checkout.SessionUpdateParams, string]>([
    ['items of a hosted page', {}, { line_items: [{ ...LEAST.item }] }, 'line_items'],
    [
      'the payment of an embedded page',
      { ...LEAST.embedded, return_url: LEAST.address },
      { payment_intent_data: { description: 'x' } },
      'payment_intent_data',
    ],
    [
      'another currency',
      ELEMENTS,
      { line_items: [{ quantity: 1, price_data: { ...LEAST.price, currency: 'eur' } }] },
      'line_items',
    ],
    ['an item that is not there', ELEMENTS, { line_items: [{ id: 'li_x' }] }, 'line_items[0][id]'],
  ])('is refused: %s', async (_story, more, change, param) => {
    const session = await sell(more);
    const error = await refusal(stripe.checkout.sessions.update(session.id, change));
    expect({ status: error.statusCode, param: error.param }).toEqual({ status: 400, param });
  });

  test('is refused once the session is complete', async () => {
    const session = await sell(ELEMENTS);
    await press(opened, session);
    const change = stripe.checkout.sessions.update(session.id, { line_items: [LEAST.item] });
    expect((await refusal(change)).message).toContain('status of `complete`');
  });
});

describe('reading sessions', () => {
  test('items come in pages, in their order', async () => {
    const names = ['a', 'b', 'c'];
    const session = await sell({
      line_items: names.map((name) => ({
        quantity: 1,
        price_data: { ...LEAST.price, product_data: { name } },
      })),
    });
    const { sessions } = stripe.checkout;
    const all = await sessions.listLineItems(session.id).autoPagingToArray({ limit: 100 });
    expect(all.map(({ description }) => description)).toEqual(names);
    const first = await sessions.listLineItems(session.id, { limit: 2 });
    expect(first.has_more).toBe(true);
    const rest = await sessions.listLineItems(session.id, {
      starting_after: first.data[1]?.id ?? '',
    });
    expect(rest.data.map(({ description }) => description)).toEqual(['c']);
    const back = await sessions.listLineItems(session.id, {
      ending_before: rest.data[0]?.id ?? '',
      limit: 1,
    });
    expect(back).toMatchObject({ has_more: true, data: [{ description: 'b' }] });
  });

  test('an item has the price it was sold at', async () => {
    const product = await stripe.products.create({ name: 'A print' });
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 700,
    });
    const session = await sell({ line_items: [{ price: price.id, quantity: 2 }] });
    expect(session.amount_total).toBe(1400);
    const { data } = await stripe.checkout.sessions.listLineItems(session.id);
    expect(data).toMatchObject([
      { description: 'A print', price: { id: price.id, product: product.id }, quantity: 2 },
    ]);
  });

  test('are found by customer, e-mail, payment and status', async () => {
    const customer = await stripe.customers.create({ email: 'found@example.com' });
    const session = await sell({ customer: customer.id });
    await press(opened, session);
    const done = await stripe.checkout.sessions.retrieve(session.id);
    const intent = done.payment_intent as string;
    for (const filter of [
      { customer: customer.id },
      { customer_details: { email: 'found@example.com' } },
      { payment_intent: intent },
      { customer: customer.id, status: 'complete' as const },
    ]) {
      const { data } = await stripe.checkout.sessions.list(filter);
      expect(data.map(({ id }) => id)).toEqual([session.id]);
    }
    const none = await stripe.checkout.sessions.list({ customer: customer.id, status: 'open' });
    expect(none.data).toEqual([]);
  });
});

describe('an expired session', () => {
  test('can be opened anew by its recovery link, for thirty days', async () => {
    const session = await sell({
      after_expiration: { recovery: { enabled: true } },
      client_reference_id: 'order-7',
    });
    expect(session.after_expiration?.recovery?.url).toBeNull();
    const expired = await stripe.checkout.sessions.expire(session.id);
    const link = expired.after_expiration?.recovery?.url ?? '';
    const opening = await fetch(link, { redirect: 'manual' });
    expect(opening.status).toBe(303);
    const { data } = await stripe.checkout.sessions.list({ limit: 1 });
    expect(data[0]).toMatchObject({
      status: 'open',
      recovered_from: session.id,
      client_reference_id: 'order-7',
      amount_total: 1500,
      url: opening.headers.get('location'),
    });
    expect((await fetch(`${link}x`)).status).toBe(404);
    await advance(opened, 31 * 24 * 60 * 60);
    expect((await fetch(link)).status).toBe(404);
  });

  test('in setup mode comes back with a SetupIntent of its own', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      success_url: LEAST.address,
      after_expiration: { recovery: { enabled: true } },
      setup_intent_data: { metadata: { order: '7' } },
    });
    await advance(opened, 24 * 60 * 60 + 1);
    const expired = await stripe.checkout.sessions.retrieve(session.id);
    await fetch(expired.after_expiration?.recovery?.url ?? '', { redirect: 'manual' });
    const { data } = await stripe.checkout.sessions.list({
      limit: 1,
      expand: ['data.setup_intent'],
    });
    expect(data[0]).toMatchObject({
      recovered_from: session.id,
      setup_intent: { status: 'requires_payment_method', metadata: { order: '7' } },
    });
    expect(await eventTypes(opened, session.id)).toEqual(['checkout.session.expired']);
  });
});
