import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { eventsAbout, paymentSession } from './make-objects.ts';
import { MARK, ask, believed, stripe } from './open-stripe.ts';

const newProduct = async (): Promise<string> =>
  (await stripe.products.create({ name: 'A desk', metadata: MARK })).id;

describe('a product', () => {
  test('needs a name and nothing else', async () => {
    const product = await stripe.products.create({ name: 'A desk', description: 'Of oak' });
    expect(product).toMatchObject({
      id: expect.stringMatching(/^prod_/) as string,
      object: 'product',
      active: true,
      name: 'A desk',
      description: 'Of oak',
      default_price: null,
      images: [],
      livemode: false,
    });
    await eventsAbout(product.id, ['product.created']);
    const error = await refusal(ask('POST', '/v1/products'));
    expect(error).toMatchObject({ statusCode: 400, code: 'parameter_missing', param: 'name' });
  });

  test('can be renamed and put away', async () => {
    const id = await newProduct();
    const product = await stripe.products.update(id, { name: 'A chair', active: false });
    expect(product).toMatchObject({ name: 'A chair', active: false });
    await eventsAbout(id, ['product.updated']);
  });

  test('can be made with its price', async () => {
    const product = await stripe.products.create({
      name: 'A desk',
      default_price_data: { currency: 'usd', unit_amount: 1099 },
      expand: ['default_price'],
    });
    expect(product.default_price).toMatchObject({ unit_amount: 1099, product: product.id });
  });

  test('without prices can be deleted', async () => {
    const id = await newProduct();
    expect(await stripe.products.del(id)).toEqual({ id, object: 'product', deleted: true });
    expect((await refusal(stripe.products.retrieve(id))).statusCode).toBe(404);
  });

  believed('with prices cannot be deleted', async () => {
    const product = await newProduct();
    await stripe.prices.create({ product, currency: 'usd', unit_amount: 1099 });
    expect((await refusal(stripe.products.del(product))).statusCode).toBe(400);
  });
});

describe('a price', () => {
  test('says what a product costs', async () => {
    const product = await newProduct();
    const price = await stripe.prices.create({ product, currency: 'usd', unit_amount: 1099 });
    expect(price).toMatchObject({
      id: expect.stringMatching(/^price_/) as string,
      object: 'price',
      product,
      active: true,
      currency: 'usd',
      type: 'one_time',
      recurring: null,
      billing_scheme: 'per_unit',
      unit_amount: 1099,
      livemode: false,
    });
    await eventsAbout(price.id, ['price.created']);
    const { data } = await stripe.prices.list({ product });
    expect(data.map(({ id }) => id)).toEqual([price.id]);
  });

  test('can come back each month', async () => {
    const price = await stripe.prices.create({
      product: await newProduct(),
      currency: 'usd',
      unit_amount: 1099,
      recurring: { interval: 'month' },
    });
    expect(price).toMatchObject({
      type: 'recurring',
      recurring: { interval: 'month', interval_count: 1 },
    });
  });

  test('can make its product', async () => {
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1099,
      product_data: { name: 'A desk' },
      expand: ['product'],
    });
    expect(price.product).toMatchObject({ object: 'product', name: 'A desk' });
  });

  const cases: [string, object, object][] = [
    ['no currency', { unit_amount: 1, product: 'prod_none' }, { param: 'currency' }],
    [
      'an unknown product',
      { currency: 'usd', unit_amount: 1099, product: 'prod_none' },
      { code: 'resource_missing', param: 'product' },
    ],
    [
      'a fraction',
      { currency: 'usd', unit_amount: '10.99', product: 'prod_none' },
      { code: 'parameter_invalid_integer', param: 'unit_amount' },
    ],
    [
      'an unknown interval',
      {
        currency: 'usd',
        unit_amount: 1099,
        product_data: { name: 'A desk' },
        recurring: { interval: 'fortnight' },
      },
      { param: 'recurring[interval]' },
    ],
  ];
  test.each(cases)('with %s is refused', async (_name, params, expected) => {
    const error = await refusal(ask('POST', '/v1/prices', { ...params }));
    expect(error).toMatchObject({ statusCode: 400, ...expected });
  });

  test('never changes, but can be put away', async () => {
    const product = await newProduct();
    const { id } = await stripe.prices.create({ product, currency: 'usd', unit_amount: 1099 });
    const error = await refusal(ask('POST', `/v1/prices/${id}`, { unit_amount: 1 }));
    expect(error).toMatchObject({ statusCode: 400, code: 'parameter_unknown' });
    expect((await stripe.prices.update(id, { active: false })).active).toBe(false);
  });

  test('can be bought in Checkout', async () => {
    const product = await newProduct();
    const price = await stripe.prices.create({ product, currency: 'usd', unit_amount: 1099 });
    const session = await paymentSession({ line_items: [{ price: price.id, quantity: 2 }] });
    expect(session.amount_total).toBe(2198);
    const items = await stripe.checkout.sessions.listLineItems(session.id);
    expect(items.data).toMatchObject([
      { description: 'A desk', price: { id: price.id, product }, amount_total: 2198 },
    ]);
  });

  believed('that was put away cannot be bought', async () => {
    const product = await newProduct();
    const { id } = await stripe.prices.create({ product, currency: 'usd', unit_amount: 1099 });
    await stripe.prices.update(id, { active: false });
    const error = await refusal(paymentSession({ line_items: [{ price: id, quantity: 1 }] }));
    expect(error.statusCode).toBe(400);
  });
});
