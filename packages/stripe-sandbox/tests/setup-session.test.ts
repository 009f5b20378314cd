import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, pressCheckoutButton, refusal, until } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

type More = { [name in keyof Stripe.Checkout.SessionCreateParams]?: unknown };

async function startSetup(more: More = {}): Promise<Stripe.Checkout.Session> {
  const customer = await opened.stripe.customers.create({ email: 'ada@example.com' });
  return opened.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    ui_mode: 'hosted_page',
    success_url: 'http://localhost:3000/done?session={CHECKOUT_SESSION_ID}',
    ...more,
  } as Stripe.Checkout.SessionCreateParams);
}

async function eventTypes(objectId: string): Promise<string[]> {
  const events = await opened.stripe.events.list({ limit: 100 });
  return events.data
    .filter(({ data }) => 'id' in data.object && data.object.id === objectId)
    .map(({ type }) => type)
    .reverse();
}

describe('a setup session', () => {
  test('opens with a SetupIntent, a page address and nothing to pay', async () => {
    const session = await startSetup({ setup_intent_data: { metadata: { order: '7' } } });
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'no_payment_required',
      amount_total: null,
      client_secret: null,
    });
    expect(session.url).toMatch(/\/c\/pay\/cs_test_a1[A-Za-z0-9]{56}#./);
    const intent = await opened.stripe.setupIntents.retrieve(session.setup_intent as string);
    expect(intent).toMatchObject({ usage: 'off_session', metadata: { order: '7' } });
  });

  test('ends in an attached card that Checkout may show again', async () => {
    const session = await startSetup();
    const answer = await pressCheckoutButton(opened, session, '4242 4242 4242 4242');
    expect(answer.body).toEqual({
      status: 'complete',
      redirect_url: `http://localhost:3000/done?session=${session.id}`,
    });
    const done = await opened.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method', 'customer'],
    });
    expect(done).toMatchObject({
      status: 'complete',
      url: null,
      customer: { email: 'ada@example.com' },
      customer_details: { email: 'ada@example.com', name: 'Ada Lovelace' },
      setup_intent: {
        status: 'succeeded',
        payment_method: { allow_redisplay: 'always', card: { brand: 'visa', last4: '4242' } },
      },
    });
    expect(await eventTypes(session.id)).toEqual(['checkout.session.completed']);
    const intent = done.setup_intent as Stripe.SetupIntent;
    expect(await eventTypes(intent.id)).toEqual(['setup_intent.created', 'setup_intent.succeeded']);
    const method = intent.payment_method as Stripe.PaymentMethod;
    expect(await eventTypes(method.id)).toEqual(['payment_method.attached']);
  });

  test('stays open when the card is declined, and takes the next card', async () => {
    const session = await startSetup();
    const declined = await pressCheckoutButton(opened, session, '4000000000000002');
    expect(declined.status).toBe(402);
    expect(declined.body.error).toMatchObject({
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    const intent = await opened.stripe.setupIntents.retrieve(session.setup_intent as string);
    expect(intent.status).toBe('requires_payment_method');
    expect(intent.last_setup_error?.code).toBe('card_declined');
    const retried = await pressCheckoutButton(opened, session, '4242424242424242');
    expect(retried.body.status).toBe('complete');
    const again = await pressCheckoutButton(opened, session, '4242424242424242');
    expect(again.status).toBe(400);
  });

  test('tells a wrong number, expiry and security code apart', async () => {
    const session = await startSetup();
    const wrong = await pressCheckoutButton(opened, session, '4242424242424241');
    expect(wrong.body.error).toMatchObject({ code: 'incorrect_number', param: 'number' });
    const unknown = await pressCheckoutButton(opened, session, '4111111111111111');
    expect(unknown.body.error).toMatchObject({ decline_code: 'test_mode_live_card' });
  });

  test('asks for 3D Secure in a frame and completes when it is passed', async () => {
    const session = await startSetup({
      ui_mode: 'embedded_page',
      return_url: 'http://localhost:3000/back?s={CHECKOUT_SESSION_ID}',
      success_url: undefined,
    });
    expect(session.client_secret).toContain(`${session.id}_secret_`);
    const answer = await pressCheckoutButton(opened, session, '4000002760003184');
    expect(answer.body).toMatchObject({ status: 'requires_action' });
    const intentId = String(answer.body.intent_id);
    const ended = await opened.call(`/_challenge/${intentId}/complete`, {
      method: 'POST',
      headers: { accept: 'application/json' },
    });
    expect(ended.body).toEqual({
      status: 'succeeded',
      return_url: `http://localhost:3000/back?s=${session.id}`,
    });
    expect(await eventTypes(intentId)).toEqual([
      'setup_intent.created',
      'setup_intent.requires_action',
      'setup_intent.succeeded',
    ]);
  });

  test('leaves the session open when 3D Secure is failed', async () => {
    const session = await startSetup();
    const answer = await pressCheckoutButton(opened, session, '4000002500003155');
    const intentId = String(answer.body.intent_id);
    await opened.call(`/_challenge/${intentId}/fail`, {
      method: 'POST',
      headers: { accept: 'application/json' },
    });
    const intent = await opened.stripe.setupIntents.retrieve(intentId);
    expect(intent.status).toBe('requires_payment_method');
    expect(intent.last_setup_error?.code).toBe('setup_intent_authentication_failure');
    expect((await opened.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  test('expires on request and by the clock', async () => {
    const byHand = await startSetup();
    const expired = await opened.stripe.checkout.sessions.expire(byHand.id);
    expect(expired).toMatchObject({ status: 'expired', url: null });
    const twice = await refusal(opened.stripe.checkout.sessions.expire(byHand.id));
    expect(twice.message).toContain('status of `expired`');

    const byClock = await startSetup();
    await opened.call('/_sandbox/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 24 * 60 * 60 }),
    });
    await until(async () => (await eventTypes(byClock.id)).includes('checkout.session.expired'));
  });
});

describe('opening a session is refused', () => {
  test.each<[string, object, string, string | undefined]>([
    ['without a success_url', { success_url: undefined }, 'success_url', 'parameter_missing'],
    ['without a currency', { currency: undefined }, 'currency', 'parameter_missing'],
    ['with line items in setup mode', { line_items: [{ quantity: 1 }] }, 'line_items', undefined],
    ['with an old ui_mode', { ui_mode: 'embedded' }, 'ui_mode', undefined],
    ['with an unknown parameter', { colour: 'red' }, 'colour', 'parameter_unknown'],
    [
      'with payment_method_types',
      { payment_method_types: ['card'] },
      'payment_method_types',
      'parameter_unknown',
    ],
    ['for an unknown customer', { customer: 'cus_none' }, 'customer', 'resource_missing'],
    ['for an empty customer', { customer: '' }, 'customer', 'parameter_invalid_empty'],
    ['with a customer and an e-mail', { customer_email: 'a@b.co' }, 'customer', undefined],
    ['with an address that is none', { success_url: 'done' }, 'success_url', 'url_invalid'],
  ])('%s', async (_case, more, param, code) => {
    const error = await refusal(startSetup(more));
    expect({ status: error.statusCode, param: error.param, code: error.code }).toEqual({
      status: 400,
      param,
      code,
    });
  });
});
