import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { ONE_ITEM, newCustomer, newIntent } from './make-objects.ts';
import {
  RETURN_URL,
  ask,
  pressChallenge,
  publishableKey,
  sandboxOnly,
  send,
  stripe,
  withPublishableKey,
} from './open-stripe.ts';

// Rules that stand in the doc comments of the SDK's types and nowhere else.

const MONEY = { amount: 1099, currency: 'usd' };
const NO_REDIRECTS = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } };

describe('manual confirmation', () => {
  const manual = {
    confirmation_method: 'manual',
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    return_url: RETURN_URL,
    automatic_payment_methods: { enabled: true },
  } as const;

  sandboxOnly("presses the bank's button")(
    'is needed once more after the shopper authenticated',
    async () => {
      const intent = await newIntent(manual);
      expect(intent.status).toBe('requires_action');
      await pressChallenge(intent.id, 'complete');
      expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
        status: 'requires_confirmation',
        amount_received: 0,
      });
      const paid = await stripe.paymentIntents.confirm(intent.id);
      expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1099 });
    },
  );

  withPublishableKey('is not for browsers', async () => {
    const { id, client_secret } = await newIntent({ confirmation_method: 'manual' });
    const answer = await send(`/v1/payment_intents/${id}/confirm`, {
      method: 'POST',
      headers: { authorization: `Bearer ${publishableKey}` },
      body: new URLSearchParams({
        client_secret: client_secret ?? '',
        payment_method: 'pm_card_visa',
      }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await stripe.paymentIntents.retrieve(id)).amount_received).toBe(0);
  });
});

describe('a statement descriptor', () => {
  test('is refused when a card is charged', async () => {
    const error = await refusal(
      newIntent({
        payment_method: 'pm_card_visa',
        confirm: true,
        statement_descriptor: 'ANALYTICAL ENGINES',
      }),
    );
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
  });

  test('of a card is its suffix', async () => {
    const paid = await newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      statement_descriptor_suffix: 'ENGINE',
      expand: ['latest_charge'],
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      statement_descriptor_suffix: 'ENGINE',
      latest_charge: { statement_descriptor_suffix: 'ENGINE' },
    });
  });
});

describe('raising a hold', () => {
  const eligible = () =>
    newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      capture_method: 'manual',
      payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
    });

  test('is not possible once it was captured', async () => {
    const { id } = await eligible();
    await stripe.paymentIntents.capture(id);
    const error = await refusal(stripe.paymentIntents.incrementAuthorization(id, { amount: 2000 }));
    expect(error.statusCode).toBe(400);
  });

  test('is not possible without a hold', async () => {
    const { id } = await newIntent();
    const error = await refusal(stripe.paymentIntents.incrementAuthorization(id, { amount: 2000 }));
    expect(error.statusCode).toBe(400);
  });

  test('is possible ten times', async () => {
    const { id } = await eligible();
    for (let times = 1; times <= 10; times += 1) {
      await stripe.paymentIntents.incrementAuthorization(id, { amount: 1099 + times });
    }
    const error = await refusal(stripe.paymentIntents.incrementAuthorization(id, { amount: 2000 }));
    expect(error.statusCode).toBe(400);
    expect((await stripe.paymentIntents.retrieve(id)).amount_capturable).toBe(1109);
  });
});

describe('what the comments rule out', () => {
  const items = (count: number) =>
    Array.from({ length: count }, () => ({ price: 'price_none', quantity: 1 }));
  const elements = {
    mode: 'payment',
    ui_mode: 'elements',
    line_items: ONE_ITEM,
    return_url: RETURN_URL,
  };
  const hosted = { mode: 'payment', line_items: ONE_ITEM, success_url: RETURN_URL };
  const cases: [string, string, object][] = [
    ['origin_context in elements', '/v1/checkout/sessions', { ...elements, origin_context: 'web' }],
    [
      'permissions on the hosted page',
      '/v1/checkout/sessions',
      { ...hosted, permissions: { update_shipping_details: 'server_only' } },
    ],
    ['eleven optional items', '/v1/checkout/sessions', { ...hosted, optional_items: items(11) }],
    [
      'six shipping options',
      '/v1/checkout/sessions',
      {
        ...hosted,
        shipping_options: Array.from({ length: 6 }, () => ({ shipping_rate: 'shr_none' })),
      },
    ],
    [
      'a million of one thing',
      '/v1/checkout/sessions',
      {
        ...hosted,
        line_items: [
          { ...ONE_ITEM[0], adjustable_quantity: { enabled: true, maximum: 1_000_000 } },
        ],
      },
    ],
    [
      'a mandate that is not confirmed',
      '/v1/payment_intents',
      { ...MONEY, mandate: 'mandate_none', ...NO_REDIRECTS },
    ],
    [
      'a single_use mandate for a card',
      '/v1/setup_intents',
      {
        payment_method: 'pm_card_visa',
        confirm: true,
        single_use: MONEY,
        ...NO_REDIRECTS,
      },
    ],
  ];
  test.each(cases)('%s', async (_name, path, params) => {
    expect((await refusal(ask('POST', path, { ...params }))).statusCode).toBe(400);
  });

  test('a method that is for ourselves and for a customer', async () => {
    const params = { customer: await newCustomer(), attach_to_self: true };
    expect((await refusal(ask('POST', '/v1/setup_intents', params))).statusCode).toBe(400);
  });
});
