import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  ONE_ITEM,
  completeCheckout,
  idOf,
  newCustomer,
  paymentSession,
  setupSession,
} from './make-objects.ts';
import { RETURN_URL, ask, stripe } from './open-stripe.ts';

const elements = (more: object = {}) =>
  paymentSession({ ui_mode: 'elements', success_url: undefined, return_url: RETURN_URL, ...more });

describe('updating a session', () => {
  test('changes its metadata in any ui_mode', async () => {
    for (const session of [await setupSession(), await paymentSession(), await elements()]) {
      const updated = await stripe.checkout.sessions.update(session.id, {
        metadata: { later: '1' },
      });
      expect(updated.metadata).toMatchObject({ later: '1', made_by: 'contract-suite' });
    }
  });

  test('changes no line_items on the hosted page', async () => {
    const session = await paymentSession();
    const error = await refusal(
      ask('POST', `/v1/checkout/sessions/${session.id}`, { line_items: ONE_ITEM }),
    );
    expect(error.statusCode).toBe(400);
  });

  test('changes no payment_intent_data but in elements', async () => {
    const params = { payment_intent_data: { description: 'later' } };
    const hosted = await paymentSession();
    const error = await refusal(ask('POST', `/v1/checkout/sessions/${hosted.id}`, params));
    expect(error.statusCode).toBe(400);
    const session = await elements();
    const updated = await ask<{ id: string }>(
      'POST',
      `/v1/checkout/sessions/${session.id}`,
      params,
    );
    expect(updated.id).toBe(session.id);
  });

  test.each(['mode', 'customer', 'success_url', 'ui_mode', 'expires_at'])(
    'does not know %s',
    async (name) => {
      const session = await setupSession();
      const error = await refusal(
        ask('POST', `/v1/checkout/sessions/${session.id}`, { [name]: 'x' }),
      );
      expect(error).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: name });
    },
  );

  test('of an unknown one is a 404', async () => {
    const error = await refusal(
      ask('POST', '/v1/checkout/sessions/cs_test_none', { metadata: '' }),
    );
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});

describe('listing sessions', () => {
  test('filters by customer, status and intent', async () => {
    const customer = await newCustomer();
    const open = await paymentSession({ customer });
    const paid = await paymentSession({ customer });
    await completeCheckout(paid);
    const done = await stripe.checkout.sessions.retrieve(paid.id);
    const ids = async (filter: object): Promise<string[]> =>
      (await stripe.checkout.sessions.list(filter)).data.map(({ id }) => id);
    expect(await ids({ customer })).toEqual([paid.id, open.id]);
    expect(await ids({ customer, status: 'open' })).toEqual([open.id]);
    expect(await ids({ customer, status: 'complete' })).toEqual([paid.id]);
    expect(await ids({ payment_intent: idOf(done.payment_intent) })).toEqual([paid.id]);
  });

  test('filters by the e-mail of the shopper', async () => {
    const email = `shopper-${String(Date.now())}@example.com`;
    const customer = await newCustomer({ email });
    const session = await paymentSession({ customer });
    await completeCheckout(session);
    const { data } = await stripe.checkout.sessions.list({ customer_details: { email } });
    expect(data.map(({ id }) => id)).toEqual([session.id]);
  });
});

describe('the shopper of a session', () => {
  test('has the e-mail that was prefilled', async () => {
    const session = await setupSession({ customer_email: 'prefilled@example.com' });
    expect(session.customer_email).toBe('prefilled@example.com');
  });

  test('gives a customer without an e-mail the one that was typed', async () => {
    const customer = (await stripe.customers.create({})).id;
    await completeCheckout(await paymentSession({ customer }));
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ email: 'ada@example.com' });
  });

  test('is told what we wrote', async () => {
    const session = await setupSession({
      custom_text: { submit: { message: 'We charge you when you leave.' } },
      consent_collection: { payment_method_reuse_agreement: { position: 'hidden' } },
    });
    expect(session).toMatchObject({
      custom_text: { submit: { message: 'We charge you when you leave.' }, after_submit: null },
      consent_collection: { payment_method_reuse_agreement: { position: 'hidden' } },
    });
  });
});

describe('saved methods in a payment session', () => {
  test('are those that may be shown always, unless told otherwise', async () => {
    const customer = await newCustomer();
    const session = await paymentSession({
      customer,
      saved_payment_method_options: {
        payment_method_save: 'enabled',
        allow_redisplay_filters: ['always', 'limited'],
        payment_method_remove: 'enabled',
      },
    });
    expect(session.saved_payment_method_options).toMatchObject({
      payment_method_save: 'enabled',
      allow_redisplay_filters: ['always', 'limited'],
      payment_method_remove: 'enabled',
    });
  });
});

describe('what becomes of an intent inside a session', () => {
  test('is decided by the session: its PaymentIntent carries what payment_intent_data said', async () => {
    const customer = await newCustomer();
    const session = await paymentSession({
      customer,
      payment_intent_data: {
        description: 'A desk',
        metadata: { order: '7' },
        setup_future_usage: 'off_session',
        statement_descriptor_suffix: 'DESK',
      },
    });
    await completeCheckout(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    expect(done.payment_intent).toMatchObject({
      customer,
      description: 'A desk',
      metadata: { order: '7' },
      setup_future_usage: 'off_session',
      statement_descriptor_suffix: 'DESK',
    });
    expect(done.payment_intent).not.toHaveProperty('metadata.made_by');
  });
});
