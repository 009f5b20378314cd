import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOffSession,
  completeCheckout,
  eventsAbout,
  idOf,
  newCustomer,
  paymentSession,
  setupSession,
} from './make-objects.ts';
import { RETURN_URL, believed, passTime, sandboxOnly, stripe } from './open-stripe.ts';

const again = (session: Stripe.Checkout.Session): Promise<Stripe.Checkout.Session> =>
  stripe.checkout.sessions.retrieve(session.id);

describe('an open session', () => {
  test('on the hosted page has an address and no secret', async () => {
    const session = await setupSession();
    expect(session.id).toMatch(/^cs_test_[A-Za-z0-9]{58}$/);
    expect(session).toMatchObject({ status: 'open', ui_mode: 'hosted_page', client_secret: null });
    expect(session.url).toMatch(/\/c\/pay\/cs_test_[A-Za-z0-9]+#.+/);
  });

  test.each(['embedded_page', 'elements'])('in %s has a secret and no address', async (ui_mode) => {
    const session = await paymentSession({
      ui_mode,
      success_url: undefined,
      return_url: RETURN_URL,
    });
    expect(session.url).toBeNull();
    expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_.+`));
  });

  test('in setup mode has nothing to pay', async () => {
    expect(await setupSession()).toMatchObject({
      amount_total: null,
      amount_subtotal: null,
      payment_intent: null,
      customer_details: null,
    });
  });

  believed('in setup mode requires no payment and has its SetupIntent already', async () => {
    const session = await setupSession();
    expect(session.payment_status).toBe('no_payment_required');
    expect(idOf(session.setup_intent)).toMatch(/^seti_/);
  });

  test('in payment mode is unpaid and has no PaymentIntent yet', async () => {
    expect(await paymentSession()).toMatchObject({
      payment_status: 'unpaid',
      amount_total: 1099,
      currency: 'usd',
      payment_intent: null,
      setup_intent: null,
    });
  });

  test('keeps what we want to find again', async () => {
    const session = await setupSession({ client_reference_id: 'order-7' });
    const updated = await stripe.checkout.sessions.update(session.id, { metadata: { later: '1' } });
    expect(updated).toMatchObject({ client_reference_id: 'order-7', metadata: { later: '1' } });
  });
});

describe('a completed setup session', () => {
  test('has saved a card that Checkout may show again, for charges off-session', async () => {
    const customer = await newCustomer();
    const session = await setupSession({
      customer,
      setup_intent_data: { metadata: { order: '7' } },
    });
    await completeCheckout(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      customer,
      url: null,
      payment_intent: null,
      customer_details: { email: 'ada@example.com' },
      setup_intent: {
        status: 'succeeded',
        usage: 'off_session',
        customer,
        metadata: { order: '7' },
        payment_method: { customer, allow_redisplay: 'always', card: { last4: '4242' } },
      },
    });
    const setup = done.setup_intent as Stripe.SetupIntent;
    const method = idOf(setup.payment_method);
    await eventsAbout(session.id, ['checkout.session.completed']);
    await eventsAbout(setup.id, ['setup_intent.succeeded']);
    await eventsAbout(method, ['payment_method.attached']);
    const paid = await chargeOffSession({ customer, payment_method: method });
    expect(paid.status).toBe('succeeded');
  });

  test('without a customer has a method that is attached to nobody, and can be, once', async () => {
    const session = await setupSession();
    await completeCheckout(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
    expect(done.customer).toBeNull();
    const method = idOf((done.setup_intent as Stripe.SetupIntent).payment_method);
    const customer = await newCustomer();
    expect((await stripe.paymentMethods.attach(method, { customer })).customer).toBe(customer);
  });

  test('gives the saved method the allow_redisplay that it was told to', async () => {
    const customer = await newCustomer();
    const session = await setupSession({
      customer,
      payment_method_data: { allow_redisplay: 'limited' },
    });
    await completeCheckout(session);
    const [method] = (await stripe.paymentMethods.list({ customer })).data;
    expect(method?.allow_redisplay).toBe('limited');
  });

  believed('makes the customer that it was told to make', async () => {
    const session = await setupSession({ customer_creation: 'always' });
    await completeCheckout(session);
    const customer = idOf((await again(session)).customer);
    expect(customer).toMatch(/^cus_/);
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });
});

describe('a completed payment session', () => {
  test('is paid, with its PaymentIntent', async () => {
    const session = await paymentSession({ payment_intent_data: { metadata: { order: '7' } } });
    await completeCheckout(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge', 'line_items'],
    });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: {
        status: 'succeeded',
        amount_received: 1099,
        metadata: { order: '7' },
        latest_charge: { paid: true, billing_details: { name: 'Ada Lovelace' } },
      },
      line_items: { object: 'list', data: [{ amount_total: 1099 }] },
    });
    await eventsAbout(session.id, ['checkout.session.completed']);
    await eventsAbout(idOf(done.payment_intent), ['payment_intent.succeeded']);
  });

  test('with setup_future_usage saves the card, not to be shown again', async () => {
    const customer = await newCustomer();
    const session = await paymentSession({
      customer,
      payment_intent_data: { setup_future_usage: 'off_session' },
    });
    await completeCheckout(session);
    const { data } = await stripe.paymentMethods.list({ customer });
    expect(data).toMatchObject([{ customer, allow_redisplay: 'limited' }]);
  });

  test('without it saves nothing', async () => {
    const customer = await newCustomer();
    await completeCheckout(await paymentSession({ customer }));
    expect((await stripe.paymentMethods.list({ customer })).data).toEqual([]);
  });

  test('with customer_creation always leaves a customer behind', async () => {
    const session = await paymentSession({ customer_creation: 'always' });
    await completeCheckout(session);
    const customer = await stripe.customers.retrieve(idOf((await again(session)).customer));
    expect(customer).toMatchObject({ email: 'ada@example.com' });
  });

  test('that holds funds is complete while the intent waits for its capture', async () => {
    const session = await paymentSession({ payment_intent_data: { capture_method: 'manual' } });
    await completeCheckout(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    expect(done).toMatchObject({
      status: 'complete',
      payment_intent: { status: 'requires_capture', amount_capturable: 1099 },
    });
    const taken = await stripe.paymentIntents.capture(idOf(done.payment_intent));
    expect(taken.status).toBe('succeeded');
  });
});

describe('a session whose card is declined', () => {
  test.each([
    ['setup', setupSession],
    ['payment', paymentSession],
  ])('in %s mode stays open for the next card', async (_mode, start) => {
    const session = await start({ customer: await newCustomer() });
    const error = await refusal(completeCheckout(session, 'tok_visa_chargeDeclined'));
    expect(error).toMatchObject({ statusCode: 402, rawType: 'card_error', code: 'card_declined' });
    expect((await again(session)).status).toBe('open');
    await completeCheckout(session);
    expect((await again(session)).status).toBe('complete');
  });
});

describe('the end of a session', () => {
  test('comes when it is expired by us', async () => {
    const session = await setupSession();
    const expired = await stripe.checkout.sessions.expire(session.id);
    expect(expired).toMatchObject({ status: 'expired', url: null });
    await eventsAbout(session.id, ['checkout.session.expired']);
  });

  sandboxOnly('moves the clock by a day')('comes by itself after a day', async () => {
    const session = await setupSession();
    await passTime(86_400 + 60);
    await eventsAbout(session.id, ['checkout.session.expired']);
    expect(await again(session)).toMatchObject({ status: 'expired', url: null });
  });

  test('is final: what is complete or expired can neither be expired nor completed', async () => {
    const complete = await setupSession();
    await completeCheckout(complete);
    const expired = await setupSession();
    await stripe.checkout.sessions.expire(expired.id);
    for (const session of [complete, expired]) {
      const error = await refusal(stripe.checkout.sessions.expire(session.id));
      expect(error.statusCode).toBe(400);
      expect(error.message).toContain('Only Checkout Sessions with a status in ["open"]');
      expect((await refusal(completeCheckout(session))).statusCode).toBe(400);
    }
  });

  test('leaves the intent of an open session to the session alone', async () => {
    const session = await setupSession();
    const id = idOf(session.setup_intent);
    if (id === '') return;
    expect((await refusal(stripe.setupIntents.cancel(id))).statusCode).toBe(400);
  });
});
