import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOnSession,
  eventsAbout,
  idOf,
  newCustomer,
  newIntent,
  saveCard,
} from './make-objects.ts';
import { RETURN_URL, ask, believed, pressChallenge, sandboxOnly, stripe } from './open-stripe.ts';

describe('a PaymentIntent', () => {
  test('waits for a payment method, with a secret for the browser', async () => {
    const intent = await newIntent();
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      amount: 1099,
      amount_received: 0,
      amount_capturable: 0,
      capture_method: 'automatic_async',
      confirmation_method: 'automatic',
      latest_charge: null,
      payment_method: null,
      canceled_at: null,
      cancellation_reason: null,
      setup_future_usage: null,
    });
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_.+`));
    await eventsAbout(intent.id, ['payment_intent.created']);
  });

  test('with a payment method waits for its confirmation', async () => {
    const intent = await newIntent({ payment_method: 'pm_card_visa' });
    expect(intent.status).toBe('requires_confirmation');
    expect((await stripe.paymentIntents.confirm(intent.id)).status).toBe('succeeded');
  });

  test('can change its amount until it is paid', async () => {
    const intent = await newIntent();
    const updated = await stripe.paymentIntents.update(intent.id, { amount: 2000 });
    expect(updated.amount).toBe(2000);
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(paid.amount_received).toBe(2000);
  });

  test('saves its method to its customer when it is for future use', async () => {
    const customer = await newCustomer();
    const intent = await newIntent({
      customer,
      payment_method: 'pm_card_visa',
      setup_future_usage: 'off_session',
      confirm: true,
    });
    const method = await stripe.paymentMethods.retrieve(idOf(intent.payment_method));
    expect(method).toMatchObject({ customer, allow_redisplay: 'unspecified' });
    await eventsAbout(method.id, ['payment_method.attached']);
  });

  test('does not save it otherwise', async () => {
    const customer = await newCustomer();
    await newIntent({ customer, payment_method: 'pm_card_visa', confirm: true });
    expect((await stripe.paymentMethods.list({ customer })).data).toEqual([]);
  });

  test("charges a saved card only under its owner's name", async () => {
    const { payment_method } = await saveCard();
    const error = await refusal(newIntent({ payment_method, confirm: true }));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
  });

  believed('passes its metadata and description on to its charge', async () => {
    const intent = await newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      description: 'A desk',
      metadata: { order: '7' },
      expand: ['latest_charge'],
    });
    expect(intent.latest_charge).toMatchObject({ description: 'A desk', metadata: { order: '7' } });
  });
});

describe('a server-side confirmation', () => {
  test('that might redirect needs a return_url', async () => {
    const error = await refusal(
      newIntent({
        payment_method: 'pm_card_visa',
        confirm: true,
        automatic_payment_methods: { enabled: true },
      }),
    );
    expect(error.statusCode).toBe(400);
    expect(error.message).toContain('you must provide a `return_url`');
  });

  test('of a card that asks for 3D Secure redirects to the bank', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecure2Required');
    expect(intent).toMatchObject({
      status: 'requires_action',
      amount_received: 0,
      next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: RETURN_URL } },
    });
    await eventsAbout(intent.id, ['payment_intent.requires_action']);
  });

  test('with use_stripe_sdk leaves the challenge to stripe.js', async () => {
    const intent = await newIntent({
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
      use_stripe_sdk: true,
    });
    expect(intent.next_action?.type).toBe('use_stripe_sdk');
  });

  test('with error_on_requires_action fails instead, and the intent stays open', async () => {
    const error = await refusal(
      newIntent({
        payment_method: 'pm_card_threeDSecure2Required',
        confirm: true,
        error_on_requires_action: true,
      }),
    );
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      decline_code: 'authentication_not_handled',
      payment_intent: { status: 'requires_payment_method' },
    });
  });
});

describe('the shopper at the bank', () => {
  const button = sandboxOnly("presses the bank's button");

  button('authenticates: the intent is paid and the browser returns', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecure2Required');
    const back = await pressChallenge(intent.id, 'complete');
    expect(`${back?.origin ?? ''}${back?.pathname ?? ''}`).toBe(RETURN_URL);
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'succeeded',
      next_action: null,
      amount_received: 1099,
    });
    await eventsAbout(intent.id, ['payment_intent.succeeded']);
  });

  button('fails: the intent waits for another method', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecure2Required');
    const back = await pressChallenge(intent.id, 'fail');
    expect(back?.searchParams.get('redirect_status')).toBe('failed');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      next_action: null,
      payment_method: null,
      last_payment_error: {
        code: 'payment_intent_authentication_failure',
        payment_method: { type: 'card' },
      },
    });
    await eventsAbout(intent.id, ['payment_intent.payment_failed']);
  });

  button('cannot answer twice', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecure2Required');
    await pressChallenge(intent.id, 'complete');
    await pressChallenge(intent.id, 'fail');
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    const charges = await stripe.charges.list({ payment_intent: intent.id });
    expect(charges.data).toHaveLength(1);
  });
});

describe('creating a PaymentIntent', () => {
  const money = { amount: 1099, currency: 'usd' };
  const cases: [string, object, object][] = [
    ['without an amount', { currency: 'usd' }, { code: 'parameter_missing', param: 'amount' }],
    ['without a currency', { amount: 1099 }, { code: 'parameter_missing', param: 'currency' }],
    [
      'with a fraction of a cent',
      { ...money, amount: '10.99' },
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
    ['with an unknown currency', { ...money, currency: 'zzz' }, { param: 'currency' }],
    [
      'with an unknown payment method',
      { ...money, payment_method: 'pm_none' },
      { code: 'resource_missing', param: 'payment_method' },
    ],
    [
      'with the old list of types',
      { ...money, payment_method_types: ['card'] },
      { code: 'payment_method_types_no_longer_supported' },
    ],
    [
      'with an unknown capture_method',
      { ...money, capture_method: 'later' },
      { param: 'capture_method' },
    ],
    [
      'with a return_url but unconfirmed',
      { ...money, return_url: RETURN_URL },
      { param: 'return_url' },
    ],
    [
      'with error_on_requires_action but unconfirmed',
      { ...money, error_on_requires_action: true },
      { param: 'error_on_requires_action' },
    ],
    [
      'with mandate_data but unconfirmed',
      { ...money, mandate_data: { customer_acceptance: { type: 'offline' } } },
      { param: 'mandate_data' },
    ],
  ];
  test.each(cases)('%s is refused', async (_case, params, expected) => {
    const error = await refusal(ask('POST', '/v1/payment_intents', { ...params }));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
  });

  test.each(['update', 'confirm'])('%s takes no automatic_payment_methods', async (verb) => {
    const intent = await newIntent();
    const path = `/v1/payment_intents/${intent.id}${verb === 'confirm' ? '/confirm' : ''}`;
    const error = await refusal(
      ask('POST', path, { automatic_payment_methods: { enabled: true } }),
    );
    expect(error).toMatchObject({ statusCode: 400, code: 'parameter_unknown' });
  });
});
