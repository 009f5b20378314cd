import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { PUBLISHABLE_KEY, openSandbox, refusal, saveCard } from './open-sandbox.ts';
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

describe('a customer', () => {
  test('keeps everything it is made with', async () => {
    const address = { line1: '12 St James Square', city: 'London', country: 'GB' };
    const made = await stripe.customers.create({
      name: 'Ada Lovelace',
      business_name: 'Analytical Engines',
      individual_name: 'Augusta Ada King',
      phone: '+442071234567',
      address,
      shipping: { name: 'Ada', address },
      preferred_locales: ['en-GB', 'fr'],
      tax_exempt: 'reverse',
      balance: -500,
      invoice_prefix: 'ADA',
      next_invoice_sequence: 7,
      invoice_settings: {
        custom_fields: [{ name: 'PO', value: '42' }],
        footer: 'Thank you',
        rendering_options: { amount_tax_display: 'exclude_tax' },
      },
      payment_method: 'pm_card_visa',
    });
    expect(made).toMatchObject({
      business_name: 'Analytical Engines',
      individual_name: 'Augusta Ada King',
      address: { ...address, line2: null, postal_code: null, state: null },
      shipping: { name: 'Ada', address: { city: 'London' } },
      preferred_locales: ['en-GB', 'fr'],
      tax_exempt: 'reverse',
      balance: -500,
      invoice_prefix: 'ADA',
      next_invoice_sequence: 7,
      invoice_settings: {
        custom_fields: [{ name: 'PO', value: '42' }],
        default_payment_method: null,
        footer: 'Thank you',
        rendering_options: { amount_tax_display: 'exclude_tax', template: null },
      },
    });
    expect((await stripe.customers.listPaymentMethods(made.id)).data).toHaveLength(1);
    const cleared = await stripe.customers.update(made.id, { address: '', business_name: '' });
    expect(cleared.address).toBeNull();
    expect(cleared).not.toHaveProperty('business_name');
  });

  test('can only prefer a method that is attached to it, and loses it when detached', async () => {
    const { customer, method } = await saveCard(stripe, 'pm_card_visa');
    const other = (await stripe.customers.create({})).id;
    const prefer = { invoice_settings: { default_payment_method: method } };
    expect(await refusal(stripe.customers.update(other, prefer))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'invoice_settings[default_payment_method]',
      message: `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
    });
    await stripe.customers.update(customer, prefer);
    await stripe.paymentMethods.detach(method);
    const after = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    expect(after.invoice_settings.default_payment_method).toBeNull();
    const { data } = await stripe.events.list({ types: ['customer.updated'], limit: 1 });
    expect(data[0]?.data.previous_attributes).toMatchObject({
      invoice_settings: { default_payment_method: method },
    });
  });

  test('is found by its e-mail address, of which there may be several', async () => {
    const email = 'twice@example.com';
    const made = [
      await stripe.customers.create({ email }),
      await stripe.customers.create({ email }),
    ];
    const { data } = await stripe.customers.list({ email });
    expect(data.map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    expect(await refusal(stripe.customers.create({ email: 'nobody' }))).toMatchObject({
      code: 'email_invalid',
      param: 'email',
    });
  });

  test('once deleted cannot be used, charged, changed, or deleted again', async () => {
    const { customer } = await saveCard(stripe, 'pm_card_visa');
    await stripe.customers.del(customer);
    expect(await refusal(stripe.customers.del(customer))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    });
    expect((await refusal(stripe.customers.update(customer, {}))).statusCode).toBe(404);
    const charge = { amount: 100, currency: 'usd', customer };
    expect(await refusal(stripe.paymentIntents.create(charge))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'customer',
      message: `No such customer: '${customer}'`,
    });
    expect((await stripe.customers.list({ limit: 100 })).data.map(({ id }) => id)).not.toContain(
      customer,
    );
  });
});

describe('metadata', () => {
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${String(at)}`, 'v']));

  test('takes 50 names of 40 characters with values of 500', async () => {
    const metadata = { ...fifty, k0: 'x'.repeat(500) };
    const { id } = await stripe.customers.create({ metadata });
    expect((await refusal(stripe.customers.update(id, { metadata: { more: '1' } }))).param).toBe(
      'metadata',
    );
    const swapped = await stripe.customers.update(id, { metadata: { k0: '', more: '1' } });
    expect(Object.keys(swapped.metadata)).toHaveLength(50);
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
  });

  test.each([
    ['a name of 41 characters', { ['n'.repeat(41)]: 'v' }],
    ['a value of 501 characters', { name: 'v'.repeat(501) }],
    ['a hash in a hash', { name: { inner: 'v' } }],
    ['a list', { name: ['v'] }],
  ])('%s is refused', async (_case, metadata) => {
    const call = stripe.customers.create({ metadata: metadata as unknown as Stripe.MetadataParam });
    expect((await refusal(call)).statusCode).toBe(400);
  });
});

describe('what Stripe says', () => {
  test.each<[string, string, RequestInit, number, object]>([
    [
      'to an unknown parameter',
      '/v1/customers',
      { method: 'POST', body: new URLSearchParams({ shoe_size: '43' }) },
      400,
      {
        code: 'parameter_unknown',
        param: 'shoe_size',
        message: 'Received unknown parameter: shoe_size',
      },
    ],
    [
      'to an empty value that unsets nothing',
      '/v1/payment_intents',
      {
        method: 'POST',
        body: new URLSearchParams({ amount: '100', currency: 'usd', customer: '' }),
      },
      400,
      {
        code: 'parameter_invalid_empty',
        param: 'customer',
        message:
          "You passed an empty string for 'customer'. We assume empty values are an attempt to unset a parameter; however 'customer' cannot be unset. You should remove 'customer' from your request or supply a non-empty value.",
      },
    ],
    [
      'to a missing parameter',
      '/v1/payment_intents',
      { method: 'POST', body: new URLSearchParams({ amount: '100' }) },
      400,
      {
        code: 'parameter_missing',
        param: 'currency',
        message: 'Missing required param: currency.',
      },
    ],
    [
      'to a number that is none',
      '/v1/customers?limit=abc',
      {},
      400,
      { code: 'parameter_invalid_integer', param: 'limit', message: 'Invalid integer: abc' },
    ],
    [
      'to an unknown id',
      '/v1/customers/cus_none',
      {},
      404,
      { code: 'resource_missing', param: 'id', message: "No such customer: 'cus_none'" },
    ],
    [
      'to a browser',
      '/v1/customers',
      { headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` } },
      403,
      {
        code: 'secret_key_required',
        message:
          'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
      },
    ],
    [
      'to a key that is none',
      '/v1/customers',
      { headers: { authorization: 'Bearer sk_prod_abcdefgh' } },
      401,
      { message: 'Invalid API Key provided: sk_prod_****efgh' },
    ],
  ])('%s', async (_case, path, init, status, error) => {
    const answer = await opened.call(path, init);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ type: 'invalid_request_error', ...error });
  });

  test('to an address that it does not have', async () => {
    const { status, body } = await opened.call('/v1/shoes');
    expect(status).toBe(404);
    expect(body.error?.message).toMatch(/^Unrecognized request URL \(GET: \/v1\/shoes\)\./);
  });
});
