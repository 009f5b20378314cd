import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { ONE_ITEM, newCustomer, paymentSession, setupSession } from './make-objects.ts';
import { RETURN_URL, ask, believed, stripe } from './open-stripe.ts';

type Params = { [name: string]: unknown };
type Case = [name: string, params: Params, expected: Params];

const SETUP = { mode: 'setup', currency: 'usd', success_url: RETURN_URL };
const PAYMENT = { mode: 'payment', line_items: ONE_ITEM, success_url: RETURN_URL };
const EMBEDDED_SETUP = {
  mode: 'setup',
  currency: 'usd',
  ui_mode: 'embedded_page',
  return_url: RETURN_URL,
};
const ELEMENTS_PAYMENT = {
  mode: 'payment',
  ui_mode: 'elements',
  line_items: ONE_ITEM,
  return_url: RETURN_URL,
};

async function refused(params: Params, expected: Params): Promise<void> {
  const error = await refusal(ask('POST', '/v1/checkout/sessions', params));
  expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
}

const containing = (text: string): string => expect.stringContaining(text) as string;
const AT_LEAST = 'The `expires_at` timestamp must be at least 30 minutes';

describe('what does not go with the mode', () => {
  const cases: Case[] = [
    [
      'line_items in setup',
      { ...SETUP, line_items: ONE_ITEM },
      { message: containing('You can not pass `line_items` in `setup` mode.') },
    ],
    ['payment_intent_data in setup', { ...SETUP, payment_intent_data: { description: 'x' } }, {}],
    ['subscription_data in setup', { ...SETUP, subscription_data: { description: 'x' } }, {}],
    [
      'saved_payment_method_options in setup',
      { ...SETUP, saved_payment_method_options: { payment_method_save: 'enabled' } },
      {},
    ],
    ['submit_type in setup', { ...SETUP, submit_type: 'book' }, {}],
    [
      'phone_number_collection in setup',
      { ...SETUP, phone_number_collection: { enabled: true } },
      {},
    ],
    ['setup_intent_data in payment', { ...PAYMENT, setup_intent_data: { description: 'x' } }, {}],
    ['subscription_data in payment', { ...PAYMENT, subscription_data: { description: 'x' } }, {}],
    [
      'payment_method_collection in payment',
      { ...PAYMENT, payment_method_collection: 'always' },
      {},
    ],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));
});

describe('what does not go with the ui_mode', () => {
  const unsupported = {
    message: containing("The following parameters are not supported with 'ui_mode:"),
  };
  const cases: Case[] = [
    ['success_url embedded', { ...EMBEDDED_SETUP, success_url: RETURN_URL }, unsupported],
    ['cancel_url embedded', { ...EMBEDDED_SETUP, cancel_url: RETURN_URL }, unsupported],
    ['success_url in elements', { ...ELEMENTS_PAYMENT, success_url: RETURN_URL }, unsupported],
    ['cancel_url in elements', { ...ELEMENTS_PAYMENT, cancel_url: RETURN_URL }, unsupported],
    ['return_url on the hosted page', { ...SETUP, return_url: RETURN_URL }, {}],
    [
      'custom_text in elements',
      { ...ELEMENTS_PAYMENT, custom_text: { submit: { message: 'x' } } },
      {},
    ],
    [
      'custom_fields in elements',
      {
        ...ELEMENTS_PAYMENT,
        custom_fields: [{ key: 'a', type: 'text', label: { type: 'custom', custom: 'A' } }],
      },
      {},
    ],
    ['submit_type in elements', { ...ELEMENTS_PAYMENT, submit_type: 'book' }, {}],
    [
      'after_expiration in elements',
      { ...ELEMENTS_PAYMENT, after_expiration: { recovery: { enabled: true } } },
      {},
    ],
    [
      'a return_url with redirect_on_completion never',
      { ...EMBEDDED_SETUP, redirect_on_completion: 'never' },
      {},
    ],
    [
      'no return_url embedded',
      { mode: 'setup', currency: 'usd', ui_mode: 'embedded_page' },
      { param: 'return_url' },
    ],
    [
      'no success_url on the hosted page',
      { mode: 'setup', currency: 'usd' },
      { code: 'parameter_missing', param: 'success_url' },
    ],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));

  test.each(['hosted', 'embedded', 'custom', 'HOSTED_PAGE'])(
    'is refused: the name %s, which is no ui_mode',
    async (ui_mode) => refused({ ...SETUP, ui_mode }, { param: 'ui_mode', code: undefined }),
  );
});

describe('what does not go with the customer', () => {
  test.each(['customer_email', 'customer_creation'])('is refused: %s', async (name) => {
    const value = name === 'customer_email' ? 'ada@example.com' : 'always';
    await refused(
      { ...SETUP, customer: await newCustomer(), [name]: value },
      {
        param: 'customer',
        message: containing(`You may only specify one of these parameters: customer, ${name}.`),
      },
    );
  });

  test('is refused: an account', async () => {
    const customer = await newCustomer();
    await refused({ ...SETUP, customer, customer_account: 'acct_none' }, {});
  });

  const cases: Case[] = [
    [
      'an empty one',
      { ...SETUP, customer: '' },
      { code: 'parameter_invalid_empty', param: 'customer' },
    ],
    [
      'an unknown one',
      { ...SETUP, customer: 'cus_none' },
      { code: 'resource_missing', param: 'customer' },
    ],
    ['customer_update without one', { ...SETUP, customer_update: { name: 'auto' } }, {}],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));

  believed('is refused: a deleted one', async () => {
    const customer = await newCustomer();
    await stripe.customers.del(customer);
    await refused({ ...SETUP, customer }, { param: 'customer' });
  });
});

describe('what a session costs', () => {
  const item = (price_data: Params): Params => ({
    ...PAYMENT,
    line_items: [{ price_data, quantity: 1 }],
  });
  const product_data = { name: 'A thing' };
  const cases: Case[] = [
    ['nothing at all', { mode: 'payment', success_url: RETURN_URL }, {}],
    [
      'a price without a currency',
      item({ unit_amount: 1099, product_data }),
      { code: 'parameter_missing', param: 'line_items[0][price_data][currency]' },
    ],
    [
      'a product without a name',
      item({ currency: 'usd', unit_amount: 1099, product_data: { description: 'x' } }),
      { code: 'parameter_missing', param: 'line_items[0][price_data][product_data][name]' },
    ],
    [
      'a fraction of a cent',
      item({ currency: 'usd', unit_amount: '10.99', product_data }),
      { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]' },
    ],
    [
      'an unknown price',
      { ...PAYMENT, line_items: [{ price: 'price_none', quantity: 1 }] },
      { code: 'resource_missing', param: 'line_items[0][price]' },
    ],
    [
      'less than the minimum',
      item({ currency: 'usd', unit_amount: 49, product_data }),
      { code: 'amount_too_small' },
    ],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));

  test('is the sum of its items', async () => {
    const session = await paymentSession({
      line_items: [
        { price_data: { currency: 'usd', unit_amount: 1099, product_data }, quantity: 2 },
        { price_data: { currency: 'usd', unit_amount: 1, product_data }, quantity: 3 },
      ],
    });
    expect(session).toMatchObject({
      amount_total: 2201,
      amount_subtotal: 2201,
      currency: 'usd',
      total_details: { amount_discount: 0, amount_tax: 0 },
    });
    const items = await stripe.checkout.sessions.listLineItems(session.id);
    expect(items.data).toMatchObject([
      { object: 'item', quantity: 2, amount_total: 2198, description: 'A thing' },
      { object: 'item', quantity: 3, amount_total: 3 },
    ]);
    expect('line_items' in session).toBe(false);
  });
});

describe('the rest of a session', () => {
  const cases: Case[] = [
    ['no currency in setup', { mode: 'setup', success_url: RETURN_URL }, { param: 'currency' }],
    [
      'payment_method_types',
      { ...SETUP, payment_method_types: ['card'] },
      { code: 'parameter_unknown', param: 'payment_method_types' },
    ],
    [
      'a name of our own',
      { ...SETUP, colour: 'red' },
      { code: 'parameter_unknown', param: 'colour' },
    ],
    ['an unknown mode', { ...SETUP, mode: 'gift' }, { param: 'mode' }],
    ['an unknown locale', { ...SETUP, locale: 'xx' }, { param: 'locale' }],
    [
      'custom text of 1,201 characters',
      { ...SETUP, custom_text: { submit: { message: 'x'.repeat(1201) } } },
      {},
    ],
  ];
  test.each(cases)('refuses %s', async (_name, params, expected) => refused(params, expected));

  test('needs no currency where the types of methods are named', async () => {
    const session = await ask<{ status: string }>('POST', '/v1/checkout/sessions', {
      mode: 'setup',
      success_url: RETURN_URL,
      allowed_payment_method_types: ['card'],
    });
    expect(session.status).toBe('open');
  });

  believed('refuses an address that is none, and an e-mail that is none', async () => {
    await refused(
      { ...SETUP, success_url: 'nonsense' },
      { code: 'url_invalid', param: 'success_url' },
    );
    await refused({ ...SETUP, customer_email: 'nonsense' }, { param: 'customer_email' });
  });

  test('refuses to expire in less than half an hour or more than a day', async () => {
    const now = Math.floor(Date.now() / 1000);
    await refused({ ...SETUP, expires_at: now + 60 }, { message: containing(AT_LEAST) });
    await refused({ ...SETUP, expires_at: now + 25 * 3600 }, {});
  });

  test('expires in a day unless told otherwise', async () => {
    const session = await setupSession();
    expect(session.expires_at - session.created).toBe(86_400);
    const expires_at = session.created + 31 * 60;
    expect((await setupSession({ expires_at })).expires_at).toBe(expires_at);
  });
});
