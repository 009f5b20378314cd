import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { eventsAbout, newCustomer, saveCard } from './make-objects.ts';
import { MARK, ask, believed, stripe } from './open-stripe.ts';

describe('a customer', () => {
  test('is made with what it was given, with no default payment method and no balance', async () => {
    const customer = await stripe.customers.create({
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      phone: '+15555550100',
      description: 'Countess',
      address: { line1: '1 Main St', city: 'Springfield', country: 'US' },
      metadata: MARK,
    });
    expect(customer).toMatchObject({
      id: expect.stringMatching(/^cus_[A-Za-z0-9]+$/) as string,
      object: 'customer',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      phone: '+15555550100',
      description: 'Countess',
      address: { line1: '1 Main St', city: 'Springfield', country: 'US' },
      metadata: MARK,
      balance: 0,
      livemode: false,
      invoice_settings: { default_payment_method: null },
    });
  });

  test('may share its e-mail address with others', async () => {
    expect(await newCustomer()).not.toBe(await newCustomer());
  });

  test('made with a payment_method has it attached, and still no default', async () => {
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      metadata: MARK,
    });
    const methods = await stripe.customers.listPaymentMethods(customer.id);
    expect(methods.data).toMatchObject([{ customer: customer.id, card: { last4: '4242' } }]);
    expect(customer.invoice_settings.default_payment_method).toBeNull();
  });

  test('loses its address when that is set to the empty string', async () => {
    const id = await newCustomer({ address: { line1: '1 Main St', country: 'US' } });
    const customer = await stripe.customers.update(id, { address: '' });
    expect(customer.address ?? null).toBeNull();
    expect(customer.email).toBe('ada@example.com');
  });

  test('takes a default among its own methods only', async () => {
    const saved = await saveCard();
    const own = { invoice_settings: { default_payment_method: saved.payment_method } };
    const customer = await stripe.customers.update(saved.customer, own);
    expect(customer.invoice_settings.default_payment_method).toBe(saved.payment_method);
    const error = await refusal(stripe.customers.update(await newCustomer(), own));
    expect(error).toMatchObject({
      statusCode: 400,
      param: 'invoice_settings[default_payment_method]',
    });
    expect(error.message).toContain('The customer does not have a payment method with the ID');
  });

  test('says what changed in customer.updated, and nothing of the kind in customer.created', async () => {
    const id = await newCustomer();
    await stripe.customers.update(id, { email: 'countess@example.com' });
    const events = await eventsAbout(id, ['customer.created', 'customer.updated']);
    const [updated, created] = ['customer.updated', 'customer.created'].map((type) =>
      events.find((event) => event.type === type),
    );
    expect(updated?.data.previous_attributes).toMatchObject({ email: 'ada@example.com' });
    expect(created?.data.previous_attributes).toBeUndefined();
  });
});

describe('metadata', () => {
  test('merges, and a key set to the empty string goes', async () => {
    const id = await newCustomer({ metadata: { ...MARK, kept: '1', gone: '2' } });
    const { metadata } = await stripe.customers.update(id, { metadata: { gone: '', more: '3' } });
    expect(metadata).toEqual({ ...MARK, kept: '1', more: '3' });
  });

  test('goes as a whole when it is set to the empty string', async () => {
    const id = await newCustomer();
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
  });

  test.each([
    ['a key of 41 characters', { ['k'.repeat(41)]: 'v' }],
    ['a value of 501 characters', { key: 'v'.repeat(501) }],
    [
      'a 51st key',
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 'v'])),
    ],
  ])('refuses %s', async (_case, metadata) => {
    const error = await refusal(stripe.customers.create({ metadata }));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
  });

  test('takes 50 keys of 40 characters with values of 500', async () => {
    const key = (index: number): string => `${'k'.repeat(38)}${String(index).padStart(2, '0')}`;
    const metadata = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [key(index), 'v'.repeat(500)]),
    );
    const customer = await stripe.customers.create({ metadata });
    expect(Object.keys(customer.metadata)).toHaveLength(50);
  });
});

describe('deleting a customer', () => {
  test('leaves a stub that can still be retrieved', async () => {
    const id = await newCustomer();
    const stub = { id, object: 'customer', deleted: true };
    expect(await stripe.customers.del(id)).toEqual(stub);
    expect(await stripe.customers.retrieve(id)).toEqual(stub);
    await eventsAbout(id, ['customer.deleted']);
  });

  test('twice is a 404', async () => {
    const id = await newCustomer();
    await stripe.customers.del(id);
    expect(await refusal(stripe.customers.del(id))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    });
  });

  test('takes it off the lists', async () => {
    const email = `gone-${String(Date.now())}@example.com`;
    const id = await newCustomer({ email });
    expect((await stripe.customers.list({ email })).data.map((row) => row.id)).toEqual([id]);
    await stripe.customers.del(id);
    expect((await stripe.customers.list({ email })).data).toEqual([]);
  });

  test('leaves its payment methods readable, with its id on them', async () => {
    const saved = await saveCard();
    await stripe.customers.del(saved.customer);
    const method = await stripe.paymentMethods.retrieve(saved.payment_method);
    expect(method.customer).toBe(saved.customer);
  });

  believed('makes it unknown to updates and to new payment methods', async () => {
    const id = await newCustomer();
    await stripe.customers.del(id);
    const update = await refusal(stripe.customers.update(id, { name: 'Ada' }));
    expect(update).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    const attach = await refusal(stripe.paymentMethods.attach('pm_card_visa', { customer: id }));
    expect(attach.code).toBe('resource_missing');
  });
});

describe('an unknown customer', () => {
  test('is a 404 on the path', async () => {
    expect(await refusal(stripe.customers.retrieve('cus_none'))).toMatchObject({
      statusCode: 404,
      rawType: 'invalid_request_error',
      code: 'resource_missing',
      param: 'id',
      message: "No such customer: 'cus_none'",
    });
  });

  test.each([
    ['a PaymentIntent', '/v1/payment_intents', { amount: 1099, currency: 'usd' }],
    ['a SetupIntent', '/v1/setup_intents', {}],
    [
      'a Checkout Session',
      '/v1/checkout/sessions',
      { mode: 'setup', currency: 'usd', success_url: 'https://example.com' },
    ],
    ['attaching a card', '/v1/payment_methods/pm_card_visa/attach', {}],
  ])('is a 400 in the parameters of %s', async (_case, path, params) => {
    const error = await refusal(ask('POST', path, { ...params, customer: 'cus_none' }));
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'customer',
      message: "No such customer: 'cus_none'",
    });
  });
});

describe('searching customers', () => {
  test('answers a search_result', async () => {
    const found = await stripe.customers.search({ query: "email:'nobody-at-all@example.com'" });
    expect(found).toMatchObject({ object: 'search_result', data: [], has_more: false });
  });

  test('without a query is a missing parameter', async () => {
    expect(await refusal(ask('GET', '/v1/customers/search'))).toMatchObject({
      statusCode: 400,
      code: 'parameter_missing',
      param: 'query',
    });
  });

  test('by a field that cannot be searched is a 400 without a code', async () => {
    const error = await refusal(stripe.customers.search({ query: "nonsense:'1'" }));
    expect({ status: error.statusCode, code: error.code }).toEqual({
      status: 400,
      code: undefined,
    });
  });
});
