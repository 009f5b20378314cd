import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { ONE_ITEM, newCustomer, paymentSession, setupSession } from './make-objects.ts';
import { RETURN_URL, ask, passTime, sandboxOnly, stripe } from './open-stripe.ts';

type Params = { [name: string]: unknown };
const SETUP = { mode: 'setup', currency: 'usd', success_url: RETURN_URL };
const PAYMENT = { mode: 'payment', line_items: ONE_ITEM, success_url: RETURN_URL };
const ELEMENTS = {
  mode: 'payment',
  ui_mode: 'elements',
  line_items: ONE_ITEM,
  return_url: RETURN_URL,
};
const [thing] = ONE_ITEM;
const priced = (price_data: Params): Params => ({
  ...PAYMENT,
  line_items: [{ quantity: 1, price_data: { currency: 'usd', ...price_data } }],
});
const product_data = { name: 'A thing' };

describe('creating a session refuses', () => {
  const cases: [string, Params, Params][] = [
    ['101 items', { ...PAYMENT, line_items: Array.from({ length: 101 }, () => thing) }, {}],
    ['a price without a product', priced({ unit_amount: 1099 }), {}],
    ['a price without an amount', priced({ product_data }), {}],
    [
      'an item with both a price and its data',
      { ...PAYMENT, line_items: [{ ...thing, price: 'price_none' }] },
      {},
    ],
    ['a negative amount', priced({ product_data, unit_amount: -1 }), {}],
    ['a negative quantity', { ...PAYMENT, line_items: [{ ...thing, quantity: -1 }] }, {}],
    [
      'two currencies',
      {
        ...PAYMENT,
        line_items: [
          thing,
          { quantity: 1, price_data: { currency: 'eur', unit_amount: 1099, product_data } },
        ],
      },
      {},
    ],
    [
      'a usage in setup_intent_data',
      { ...SETUP, setup_intent_data: { usage: 'on_session' } },
      { code: 'parameter_unknown', param: 'setup_intent_data[usage]' },
    ],
    [
      'an unknown method type',
      { ...SETUP, allowed_payment_method_types: ['cash'] },
      { param: 'allowed_payment_method_types[0]' },
    ],
    ['branding in elements', { ...ELEMENTS, branding_settings: { display_name: 'x' } }, {}],
    [
      'optional items in elements',
      { ...ELEMENTS, optional_items: [{ price: 'price_none', quantity: 1 }] },
      {},
    ],
    [
      'four custom fields',
      {
        ...PAYMENT,
        custom_fields: ['a', 'b', 'c', 'd'].map((key) => ({
          key,
          type: 'text',
          label: { type: 'custom', custom: key },
        })),
      },
      {},
    ],
    [
      'a filter of its own for saved cards',
      { ...PAYMENT, saved_payment_method_options: { allow_redisplay_filters: ['never'] } },
      { param: 'saved_payment_method_options[allow_redisplay_filters][0]' },
    ],
    [
      'an expiry that is no number',
      { ...SETUP, expires_at: 'soon' },
      { code: 'parameter_invalid_integer' },
    ],
  ];
  test.each(cases)('%s', async (_name, params, expected) => {
    const error = await refusal(ask('POST', '/v1/checkout/sessions', params));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
  });

  test.each([
    ['hosted', 'Invalid ui_mode: must be one of'],
    ['embedded', 'Invalid ui_mode: must be one of'],
  ])('the old ui_mode %s by the names that there are', async (ui_mode, text) => {
    const error = await refusal(ask('POST', '/v1/checkout/sessions', { ...SETUP, ui_mode }));
    expect(error.message).toContain(text);
  });
});

describe('what a refusal says', () => {
  const cases: [string, Params, string][] = [
    [
      '/v1/checkout/sessions',
      { mode: 'setup', currency: 'usd' },
      'Missing required param: success_url.',
    ],
    ['/v1/payment_intents', { currency: 'usd' }, 'Missing required param: amount.'],
    ['/v1/customers', { colour: 'red' }, 'Received unknown parameter: colour'],
    ['/v1/payment_intents', { amount: 'abc', currency: 'usd' }, 'Invalid integer: abc'],
    [
      '/v1/checkout/sessions',
      { ...SETUP, customer: '' },
      "You passed an empty string for 'customer'. We assume empty values are an attempt to unset a parameter",
    ],
    [
      '/v1/payment_intents',
      { amount: 1099, currency: 'usd', return_url: RETURN_URL },
      'The parameter `return_url` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.',
    ],
  ];
  test.each(cases)('at %s with %j: %s', async (path, params, text) => {
    expect((await refusal(ask('POST', path, params))).message).toContain(text);
  });
});

describe('a session keeps', () => {
  test('its client_reference_id, addresses and locale', async () => {
    const cancel_url = 'https://example.com/cart';
    const session = await setupSession({ cancel_url, locale: 'fr', client_reference_id: 'a b/ü' });
    expect(session).toMatchObject({
      cancel_url,
      success_url: RETURN_URL,
      locale: 'fr',
      client_reference_id: 'a b/ü',
    });
  });

  test('the place for its id in its addresses, as it was written', async () => {
    const success_url = 'https://example.com/done?session={CHECKOUT_SESSION_ID}';
    expect((await setupSession({ success_url })).success_url).toBe(success_url);
  });

  test('which types of methods it offers', async () => {
    const session = await setupSession({ allowed_payment_method_types: ['card'] });
    expect(session).toMatchObject({
      payment_method_types: ['card'],
      allowed_payment_method_types: ['card'],
    });
    const without = await paymentSession({ excluded_payment_method_types: ['card'] });
    expect(without.payment_method_types).not.toContain('card');
  });
});

describe('after a session expired', () => {
  sandboxOnly('moves the clock by a day')('its recovery link starts a new one', async () => {
    const session = await paymentSession({
      customer: await newCustomer(),
      after_expiration: { recovery: { enabled: true } },
    });
    expect(session.after_expiration?.recovery).toMatchObject({ enabled: true, url: null });
    await passTime(86_400 + 60);
    const expired = await stripe.checkout.sessions.retrieve(session.id);
    expect(expired.status).toBe('expired');
    const recovery = expired.after_expiration?.recovery;
    expect(recovery?.url).toMatch(/^https?:/);
    const days = ((recovery?.expires_at ?? 0) - expired.expires_at) / 86_400;
    expect(Math.round(days)).toBe(30);
  });
});

describe('intents refuse together', () => {
  test('stored_credential_usage and setup_future_usage', async () => {
    const error = await refusal(
      ask('POST', '/v1/payment_intents', {
        amount: 1099,
        currency: 'usd',
        setup_future_usage: 'off_session',
        payment_method_options: { card: { stored_credential_usage: 'unscheduled' } },
      }),
    );
    expect(error.statusCode).toBe(400);
  });

  test('a customer and an account, wherever both are known', async () => {
    const both = { customer: await newCustomer(), customer_account: 'acct_none' };
    const paths: [string, Params][] = [
      ['/v1/payment_intents', { amount: 1099, currency: 'usd' }],
      ['/v1/checkout/sessions', SETUP],
      ['/v1/customer_sessions', { components: { payment_element: { enabled: true } } }],
      ['/v1/billing_portal/sessions', {}],
    ];
    for (const [path, params] of paths) {
      expect((await refusal(ask('POST', path, { ...params, ...both }))).statusCode).toBe(400);
    }
  });
});
