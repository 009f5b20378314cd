import { describe, expect, test } from 'vitest';
import { paymentSession, setupSession } from './make-objects.ts';
import { RETURN_URL, ask, believed, stripe } from './open-stripe.ts';
import { PAYMENT, SETUP, containing, refused } from './refused-checkout.ts';
import type { RefusedCase } from './refused-checkout.ts';

const AT_LEAST = 'The `expires_at` timestamp must be at least 30 minutes';

describe('what a session costs', () => {
  const item = (price_data: RefusedCase[1]): RefusedCase[1] => ({
    ...PAYMENT,
    line_items: [{ price_data, quantity: 1 }],
  });
  const product_data = { name: 'A thing' };
  const cases: RefusedCase[] = [
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
  const cases: RefusedCase[] = [
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
