import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { PUBLISHABLE_KEY, openSandbox, openStripe, refusal, saveCard } from './open-sandbox.ts';
import type { Answered, Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

/** Asks what the portal's page asks, with the token of its address. */
async function askPortal(session: { url: string }, path = ''): Promise<Answered> {
  const token = session.url.split('/').at(-1) ?? '';
  const init = path === '' ? {} : { method: 'POST' };
  return opened.call(`/_portal/${token}${path}`, init);
}

describe('a portal session', () => {
  test('shows what its owner has saved, and changes it', async () => {
    const { customer, method } = await saveCard(stripe, 'pm_card_visa');
    const second = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    const session = await stripe.billingPortal.sessions.create({
      customer,
      return_url: 'https://shop.example/account',
    });
    expect(session).toMatchObject({ object: 'billing_portal.session', customer, flow: null });
    expect((await askPortal(session)).body).toMatchObject({
      return_url: 'https://shop.example/account',
      owner: { email: 'ada@example.com' },
      payment_methods: [
        { id: second.id, brand: 'mastercard', is_default: false },
        { id: method, last4: '4242', is_default: false },
      ],
    });
    const preferred = await askPortal(session, `/payment_methods/${method}/default`);
    expect(preferred.body.payment_methods).toMatchObject([{}, { id: method, is_default: true }]);
    const removed = await askPortal(session, `/payment_methods/${method}/detach`);
    expect(removed.body.payment_methods).toMatchObject([{ id: second.id }]);
    const after = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    expect(after.invoice_settings.default_payment_method).toBeNull();
    const { data } = await stripe.events.list({ limit: 3 });
    expect(data.map(({ type }) => type)).toContain('payment_method.detached');
  });

  test('adds a card through a SetupIntent that the browser confirms', async () => {
    const customer = await stripe.customers.create({});
    const session = await stripe.billingPortal.sessions.create({ customer: customer.id });
    const started = await askPortal(session, '/setup_intents');
    const secret = String(started.body.client_secret);
    const browser = openStripe(opened.sandbox, PUBLISHABLE_KEY);
    const card = { number: '4242424242424242', exp_month: 1, exp_year: 2033, cvc: '123' };
    const method = await browser.paymentMethods.create({ type: 'card', card });
    const confirmed = await opened.call(
      `/v1/setup_intents/${secret.split('_secret_')[0] ?? ''}/confirm`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` },
        body: new URLSearchParams({ client_secret: secret, payment_method: method.id }),
      },
    );
    expect(confirmed.body).toMatchObject({ status: 'succeeded' });
    expect((await askPortal(session)).body.payment_methods).toMatchObject([{ id: method.id }]);
  });

  test('opens nothing to another customer, to a wrong token, or after its hour', async () => {
    const mine = await saveCard(stripe, 'pm_card_visa');
    const theirs = await saveCard(stripe, 'pm_card_visa');
    const session = await stripe.billingPortal.sessions.create({ customer: mine.customer });
    const foreign = await askPortal(session, `/payment_methods/${theirs.method}/detach`);
    expect(foreign.status).toBe(404);
    expect((await askPortal({ url: `${session.url.slice(0, -1)}_` })).status).toBe(404);
    await opened.call('/_sandbox/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 3601 }),
    });
    expect((await askPortal(session)).status).toBe(404);
  });

  test('can send the shopper to one thing, but not to subscriptions', async () => {
    const customer = (await stripe.customers.create({})).id;
    const create = (flow: Stripe.BillingPortal.SessionCreateParams.FlowData) =>
      stripe.billingPortal.sessions.create({ customer, flow_data: flow });
    const flow = await create({
      type: 'payment_method_update',
      after_completion: { type: 'redirect', redirect: { return_url: 'https://shop.example/' } },
    });
    expect(flow.flow).toMatchObject({
      type: 'payment_method_update',
      after_completion: { redirect: { return_url: 'https://shop.example/' } },
    });
    const cancel = create({
      type: 'subscription_cancel',
      subscription_cancel: { subscription: 'sub_1' },
    });
    expect((await refusal(cancel)).param).toBe('flow_data[type]');
  });
});
