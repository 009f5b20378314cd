import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import {
  HOLDER,
  endChallenge,
  eventTypes,
  postPage,
  press,
  typedCard,
  viewPage,
} from './press-checkout.ts';

let opened: Opened;
let stripe: Stripe;
let customer: string;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
beforeEach(async () => {
  customer = (await stripe.customers.create()).id;
});
afterAll(async () => {
  await opened.sandbox.close();
});

type More = Stripe.Checkout.SessionCreateParams;

async function sell(more: More): Promise<Stripe.Checkout.Session> {
  const product_data = { name: 'A print' };
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'http://localhost:3000/done',
    line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 2500, product_data } }],
    ...more,
  });
}

const BOX: More = { saved_payment_method_options: { payment_method_save: 'enabled' } };
const LATER: More = { payment_intent_data: { setup_future_usage: 'off_session' } };

describe('who may show a saved card again', () => {
  test.each<[string, More, boolean, string | null]>([
    ['nothing asked for: nothing is saved', {}, true, null],
    ['the box left alone: nothing is saved', BOX, false, null],
    ['the box ticked: always', BOX, true, 'always'],
    ['setup_future_usage: limited', LATER, false, 'limited'],
    ['both, and the box ticked: always', { ...BOX, ...LATER }, true, 'always'],
    ['both, and the box left alone: limited', { ...BOX, ...LATER }, false, 'limited'],
    [
      'setup_future_usage of cards alone: limited',
      { payment_method_options: { card: { setup_future_usage: 'on_session' } } },
      false,
      'limited',
    ],
    [
      'what the session says goes before all of it',
      { ...BOX, payment_method_data: { allow_redisplay: 'unspecified' } },
      true,
      'unspecified',
    ],
  ])('%s', async (_story, more, savePaymentMethod, expected) => {
    const session = await sell({ customer, ...more });
    await press(opened, session, { ...typedCard(), savePaymentMethod });
    const { data } = await stripe.paymentMethods.list({ customer });
    expect(data.map(({ allow_redisplay }) => allow_redisplay)).toEqual(
      expected === null ? [] : [expected],
    );
  });

  test('the page shows what its filters let through, and nothing in setup mode', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const shown = async (more: More): Promise<unknown> => {
      const answer = await viewPage(opened, await sell({ customer: saved.customer, ...more }));
      return (answer.body.session as { saved_payment_methods: unknown[] }).saved_payment_methods;
    };
    expect(await shown({})).toEqual([]);
    const filter = { allow_redisplay_filters: ['unspecified' as const] };
    expect(await shown({ saved_payment_method_options: filter })).toMatchObject([
      { id: saved.method, brand: 'visa', last4: '4242' },
    ]);
    await stripe.paymentMethods.update(saved.method, { allow_redisplay: 'always' });
    expect(await shown({})).toHaveLength(1);
  });
});

describe('a saved card on the page', () => {
  test('pays again', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    await stripe.paymentMethods.update(saved.method, { allow_redisplay: 'always' });
    const session = await sell({ customer: saved.customer });
    const paid = await press(opened, session, {
      paymentMethod: { kind: 'saved', id: saved.method },
    });
    expect(paid.body.status).toBe('complete');
  });

  test('that the page does not show cannot be used from it', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const session = await sell({ customer: saved.customer });
    const tried = await press(opened, session, {
      paymentMethod: { kind: 'saved', id: saved.method },
    });
    expect(tried).toMatchObject({ status: 400, body: { error: { code: 'resource_missing' } } });
  });

  test('is detached when the shopper removes it, where the session allows it', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    await stripe.paymentMethods.update(saved.method, { allow_redisplay: 'always' });
    const fixed = await sell({ customer: saved.customer });
    const refused = await postPage(opened, fixed, 'remove', { payment_method: saved.method });
    expect(refused.status).toBe(400);
    const session = await sell({
      customer: saved.customer,
      saved_payment_method_options: { payment_method_remove: 'enabled' },
    });
    const gone = await postPage(opened, session, 'remove', { payment_method: saved.method });
    expect(gone.body.session).toMatchObject({ saved_payment_methods: [] });
    expect(await eventTypes(opened, saved.method)).toContain('payment_method.detached');
    const again = await postPage(opened, session, 'remove', { payment_method: saved.method });
    expect(again.body.error).toMatchObject({ code: 'resource_missing' });
  });
});

describe('the customer of a session', () => {
  test('gets the e-mail that was typed, when it had none', async () => {
    const session = await sell({ customer });
    expect((await viewPage(opened, session)).body.session).toMatchObject({
      customer_email: null,
      customer_email_fixed: false,
    });
    await press(opened, session);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      email: HOLDER.email,
      name: null,
    });
    const next = await viewPage(opened, await sell({ customer }));
    expect(next.body.session).toMatchObject({
      customer_email: HOLDER.email,
      customer_email_fixed: true,
    });
  });

  test('keeps its own e-mail, and gets a name where customer_update says so', async () => {
    const { id } = await stripe.customers.create({ email: 'own@example.com' });
    const session = await sell({ customer: id, customer_update: { name: 'auto' } });
    await press(opened, session);
    expect(await stripe.customers.retrieve(id)).toMatchObject({
      email: 'own@example.com',
      name: HOLDER.name,
    });
    const done = await stripe.checkout.sessions.retrieve(session.id);
    expect(done.customer_details).toMatchObject({ email: 'own@example.com', name: HOLDER.name });
  });

  test('made by customer_creation is there before its money, and only if there is money', async () => {
    const session = await sell({ customer_creation: 'always', ...BOX });
    const before = await eventTypes(opened);
    expect((await press(opened, session, typedCard('4000000000009995'))).status).toBe(402);
    const failed = await eventTypes(opened);
    expect(failed.slice(before.length)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
    await press(opened, session, { ...typedCard(), savePaymentMethod: true });
    expect((await eventTypes(opened)).slice(failed.length)).toEqual([
      'customer.created',
      'payment_method.attached',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['customer', 'payment_intent.payment_method'],
    });
    const owner = done.customer as Stripe.Customer;
    expect(owner).toMatchObject(HOLDER);
    expect(done.payment_intent).toMatchObject({
      customer: owner.id,
      payment_method: { customer: owner.id, allow_redisplay: 'always' },
    });
  });

  test('made in setup mode owns the card, after 3D Secure too', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer_creation: 'always',
      success_url: 'http://localhost:3000/done',
    });
    const asked = await press(opened, session, typedCard('4000002500003155'));
    expect(asked.body).toMatchObject({ status: 'requires_action', kind: 'challenge' });
    expect((await stripe.checkout.sessions.retrieve(session.id)).customer).toBeNull();
    await endChallenge(opened, asked.body.intent_id, 'complete');
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(done.customer).toMatch(/^cus_/);
    expect(done.setup_intent).toMatchObject({ payment_method: { customer: done.customer } });
  });

  test('that nobody named leaves the card unattached, to be attached once', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      success_url: 'http://localhost:3000/done',
    });
    await press(opened, session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
    const method = (done.setup_intent as Stripe.SetupIntent).payment_method as string;
    expect(done.customer).toBeNull();
    expect((await stripe.paymentMethods.retrieve(method)).customer).toBeNull();
    await stripe.paymentMethods.attach(method, { customer });
    const other = (await stripe.customers.create()).id;
    await expect(stripe.paymentMethods.attach(method, { customer: other })).rejects.toThrow(
      'already been attached',
    );
  });
});
