import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import {
  CARD,
  HOLDER,
  advance,
  endChallenge,
  press,
  typedCard,
  viewPage,
} from './press-checkout.ts';
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
  return stripe.checkout.sessions.create({ ...LEAST.payment, ...more });
}

async function read(session: Stripe.Checkout.Session): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
}

describe('who may see and use a page', () => {
  test('the hosted page’s address is its proof', async () => {
    expect((await viewPage(opened, await sell())).status).toBe(200);
  });

  test.each(['embedded_page', 'elements'])('%s needs the client secret', async (ui_mode) => {
    const session = await sell({ ui_mode, success_url: undefined, return_url: LEAST.address });
    const missing = {
      status: 404,
      body: { error: { code: 'resource_missing', param: 'session' } },
    };
    expect(await viewPage(opened, session, null)).toMatchObject(missing);
    expect(await viewPage(opened, session, `${session.id}_secret_x`)).toMatchObject(missing);
    expect(await press(opened, { ...session, client_secret: null })).toMatchObject(missing);
    expect((await viewPage(opened, session)).body).toMatchObject({
      id: session.id,
      session: { id: session.id, ui_mode, amount_total: 1500, status: 'open' },
    });
    await press(opened, session);
    expect((await read(session)).client_secret).toBeNull();
    expect((await viewPage(opened, session)).body.session).toMatchObject({ status: 'complete' });
    expect(await viewPage(opened, session, null)).toMatchObject(missing);
  });

  test('a page cannot be used twice', async () => {
    const session = await sell();
    await press(opened, session);
    const again = await press(opened, session);
    expect(again).toMatchObject({
      status: 400,
      body: { error: { code: 'checkout_session_not_active' } },
    });
    expect((await stripe.paymentIntents.list({ limit: 100 })).data).toHaveLength(3);
  });
});

describe('what a page sends', () => {
  test.each<[string, object, string]>([
    ['nothing', {}, 'paymentMethod'],
    ['no kind', { paymentMethod: {} }, 'kind'],
    ['an unknown kind', { paymentMethod: { kind: 'cash' } }, 'kind'],
    ['no number', { paymentMethod: { kind: 'card', card: { cvc: '123' } } }, 'number'],
    ['a long name', { paymentMethod: { kind: 'card', card: CARD, name: 'x'.repeat(256) } }, 'name'],
    ['a wrong e-mail', { paymentMethod: { kind: 'card', card: CARD, email: 'ada' } }, 'email'],
    [
      'a country that is none',
      { paymentMethod: { kind: 'card', card: CARD, country: '?' } },
      'country',
    ],
    ['a way that is not offered', { paymentMethod: { kind: 'redirect', type: 'ideal' } }, 'type'],
    ['two methods', { ...typedCard(), payment_method: 'pm_card_visa' }, 'payment_method'],
    ['an unknown method', { payment_method: 'pm_none' }, 'payment_method'],
    ['another amount', { ...typedCard(), expected_amount: 1 }, 'expected_amount'],
    ['an address of its own', { ...typedCard(), return_url: LEAST.address }, 'return_url'],
    ['something else', { ...typedCard(), colour: 'red' }, 'colour'],
  ])('%s is refused and changes nothing', async (_story, body, param) => {
    const session = await sell();
    expect(await press(opened, session, body)).toMatchObject({
      status: 400,
      body: { error: { param } },
    });
    expect(await read(session)).toMatchObject({ status: 'open', payment_intent: null });
  });

  test('the terms must be accepted where the session asks for it', async () => {
    const session = await sell({ consent_collection: { terms_of_service: 'required' } });
    expect((await viewPage(opened, session)).body.session).toMatchObject({
      terms_required: true,
      terms_url: 'https://example.com/terms',
    });
    const refused = await press(opened, session);
    expect(refused).toMatchObject({ status: 400, body: { error: { param: 'termsAccepted' } } });
    await press(opened, session, { ...typedCard(), termsAccepted: true });
    expect((await read(session)).consent).toEqual({
      promotions: null,
      terms_of_service: 'accepted',
    });
  });

  test('nothing is needed where nothing is to be paid', async () => {
    const free = { ...LEAST.item, price_data: { ...LEAST.price, unit_amount: 0 } };
    const session = await sell({ line_items: [free] });
    expect((await press(opened, session, { email: HOLDER.email })).body.status).toBe('complete');
    expect(await read(session)).toMatchObject({
      payment_status: 'no_payment_required',
      payment_intent: null,
      customer_details: { email: HOLDER.email },
    });
  });
});

describe('the Stripe CLI', () => {
  test('completes a session with the secret key and a method made before', async () => {
    const session = await sell();
    const { body: page } = await opened.call(`/v1/payment_pages/${session.id}`);
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
      billing_details: HOLDER,
    });
    const form = new URLSearchParams({ payment_method: method.id, expected_amount: '1500' });
    const done = await opened.call(`/v1/payment_pages/${String(page.id)}/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    expect(done.body).toEqual({ status: 'complete', redirect_url: LEAST.address });
    expect((await read(session)).payment_status).toBe('paid');
  });

  test('sends no version, and may still name the types', async () => {
    const form = new URLSearchParams({
      mode: 'setup',
      success_url: LEAST.address,
      'payment_method_types[]': 'card',
    });
    const { body } = await opened.call('/v1/checkout/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    expect(body).toMatchObject({ status: 'open', payment_method_types: ['card'] });
  });
});

describe('an elements session', () => {
  const elements = { ui_mode: 'elements', success_url: undefined };

  test('goes on to the address that the confirm gives', async () => {
    const session = await sell(elements);
    const body = { ...typedCard(), return_url: 'http://localhost:3000/b?s={CHECKOUT_SESSION_ID}' };
    const { body: done } = await press(opened, session, body);
    expect(done.redirect_url).toBe(`http://localhost:3000/b?s=${session.id}`);
  });

  test('has its address once, on itself or on the confirm', async () => {
    const session = await sell({ ...elements, return_url: LEAST.address });
    const twice = await press(opened, session, { ...typedCard(), return_url: LEAST.address });
    expect(twice).toMatchObject({ status: 400, body: { error: { param: 'return_url' } } });
    expect((await press(opened, session)).body.redirect_url).toBe(LEAST.address);
  });

  test('pays with a method that the browser made before', async () => {
    const session = await sell(elements);
    const method = await opened.call('/v1/payment_methods', {
      method: 'POST',
      headers: { authorization: 'Bearer pk_test_contractsuite' },
      body: new URLSearchParams({ type: 'card', 'card[token]': 'tok_visa' }),
    });
    const email = 'typed@example.com';
    await press(opened, session, { payment_method: method.body.id, email });
    expect(await read(session)).toMatchObject({
      payment_status: 'paid',
      customer_details: { email },
    });
  });
});

describe('a hold', () => {
  test.each([
    ['of every method', { payment_intent_data: { capture_method: 'manual' } }],
    ['of cards alone', { payment_method_options: { card: { capture_method: 'manual' } } }],
  ])('%s completes the session unpaid, until it is captured', async (_story, more) => {
    const session = await sell(more);
    await press(opened, session);
    const held = await read(session);
    expect(held).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_capture', amount_capturable: 1500 },
    });
    const intent = held.payment_intent as Stripe.PaymentIntent;
    expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe('canceled');
  });
});

describe('a challenge', () => {
  test('is replaced by the next try', async () => {
    const session = await sell();
    const asked = await press(opened, session, typedCard('4000002760003184'));
    expect(asked.body).toMatchObject({ status: 'requires_action', kind: 'challenge' });
    expect((await press(opened, session)).body.status).toBe('complete');
    const late = await endChallenge(opened, asked.body.intent_id, 'fail');
    expect(late.body.status).toBe('succeeded');
    expect(await read(session)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  test('that ends after the session has expired changes nothing', async () => {
    const session = await sell();
    const asked = await press(opened, session, typedCard('4000002760003184'));
    await advance(opened, 24 * 60 * 60 + 1);
    await endChallenge(opened, asked.body.intent_id, 'complete');
    expect(await read(session)).toMatchObject({
      status: 'expired',
      payment_status: 'unpaid',
      payment_intent: { status: 'canceled' },
    });
  });
});
