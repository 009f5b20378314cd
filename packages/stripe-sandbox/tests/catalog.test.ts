import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, refusal } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

describe('products', () => {
  test('come with a default price when asked to', async () => {
    const product = await stripe.products.create({
      name: 'Guided walk',
      metadata: { season: 'summer' },
      default_price_data: { currency: 'eur', unit_amount: 2500 },
      expand: ['default_price'],
    });
    expect(product).toMatchObject({
      object: 'product',
      active: true,
      default_price: { object: 'price', unit_amount: 2500, type: 'one_time' },
    });
    const types = ['product.created', 'price.created', 'product.updated'];
    const { data } = await stripe.events.list({ types });
    expect(data.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
  });

  test('without prices can be deleted, and are gone then', async () => {
    const { id } = await stripe.products.create({ name: 'Mistake', id: 'mistake' });
    expect(id).toBe('mistake');
    expect(await stripe.products.del(id)).toEqual(
      expect.objectContaining({ id, object: 'product', deleted: true }),
    );
    expect(await refusal(stripe.products.retrieve(id))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    });
    expect((await refusal(stripe.products.create({ name: 'Again', id }))).code).toBe(
      'resource_already_exists',
    );
  });

  test('with prices are archived instead', async () => {
    const product = await stripe.products.create({ name: 'Tent' });
    await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100 });
    expect((await refusal(stripe.products.del(product.id))).statusCode).toBe(400);
    await stripe.products.update(product.id, { active: false, description: 'For two' });
    const archived = await stripe.products.list({ active: false });
    expect(archived.data.map(({ id }) => id)).toEqual([product.id]);
  });
});

describe('prices', () => {
  test('say what they ask for in whole and in decimal', async () => {
    const price = await stripe.prices.create({
      currency: 'USD',
      unit_amount: 1500,
      product_data: { name: 'Lamp' },
      recurring: { interval: 'month' },
      expand: ['product'],
    });
    expect(price).toMatchObject({
      currency: 'usd',
      unit_amount: 1500,
      type: 'recurring',
      recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
      product: { name: 'Lamp' },
    });
    expect(String(price.unit_amount_decimal)).toBe('1500');
    const answer = await opened.call(`/v1/prices/${price.id}`);
    expect(answer.body.unit_amount_decimal).toBe('1500');
  });

  test.each<[string, Partial<Stripe.PriceCreateParams>, string]>([
    ['no product', { unit_amount: 1 }, 'product'],
    ['no amount', { product_data: { name: 'x' } }, 'unit_amount'],
    ['a negative amount', { product_data: { name: 'x' }, unit_amount: -1 }, 'unit_amount'],
    ['an unknown product', { product: 'prod_none', unit_amount: 1 }, 'product'],
    [
      'an unknown currency',
      { product_data: { name: 'x' }, unit_amount: 1, currency: 'zzz' },
      'currency',
    ],
    [
      'an interval over three years',
      {
        product_data: { name: 'x' },
        unit_amount: 1,
        recurring: { interval: 'year', interval_count: 4 },
      },
      'recurring[interval_count]',
    ],
  ])('%s is refused', async (_case, params, param) => {
    const error = await refusal(stripe.prices.create({ currency: 'usd', ...params }));
    expect(error).toMatchObject({ statusCode: 400, param });
  });

  test('a lookup key belongs to one price, and can be handed on', async () => {
    const make = (more: Partial<Stripe.PriceCreateParams>) =>
      stripe.prices.create({
        currency: 'usd',
        unit_amount: 900,
        product_data: { name: 'Standard' },
        lookup_key: 'standard',
        ...more,
      });
    const former = await make({});
    expect((await refusal(make({}))).param).toBe('lookup_key');
    const next = await make({ transfer_lookup_key: true });
    const { data } = await stripe.prices.list({ lookup_keys: ['standard'] });
    expect(data.map(({ id }) => id)).toEqual([next.id]);
    expect((await stripe.prices.retrieve(former.id)).lookup_key).toBeNull();
  });

  test('tiers and other currencies are shown only when expanded', async () => {
    const { id } = await stripe.prices.create({
      currency: 'usd',
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers: [
        { up_to: 10, unit_amount: 500 },
        { up_to: 'inf', unit_amount: 400 },
      ],
      currency_options: { eur: { unit_amount: 450 } },
      product_data: { name: 'Seats' },
    });
    const plain = await stripe.prices.retrieve(id);
    expect(plain).not.toHaveProperty('tiers');
    const full = await stripe.prices.retrieve(id, { expand: ['tiers', 'currency_options'] });
    expect(full.tiers).toMatchObject([{ up_to: 10 }, { up_to: null, unit_amount: 400 }]);
    expect(full.currency_options).toMatchObject({ eur: { unit_amount: 450 } });
  });

  test('the default of a product cannot be archived', async () => {
    const product = await stripe.products.create({
      name: 'Map',
      default_price_data: { currency: 'usd', unit_amount: 700 },
    });
    const price = product.default_price as string;
    expect((await refusal(stripe.prices.update(price, { active: false }))).param).toBe('active');
    expect((await stripe.prices.update(price, { nickname: 'Usual' })).nickname).toBe('Usual');
  });
});

test('a Checkout Session sells a price, and shows it with its product when expanded', async () => {
  const price = await stripe.prices.create({
    currency: 'eur',
    unit_amount: 1250,
    product_data: { name: 'Rope' },
  });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price: price.id, quantity: 2 }],
    success_url: 'https://shop.example/done',
    expand: ['line_items.data.price.product'],
  });
  expect(session).toMatchObject({
    amount_total: 2500,
    currency: 'eur',
    line_items: { data: [{ quantity: 2, price: { id: price.id, product: { name: 'Rope' } } }] },
  });
});
