import { afterAll, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { PUBLISHABLE_KEY, openSandbox, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

test('a customer session has every component, off unless enabled, and half an hour', async () => {
  const customer = await stripe.customers.create({});
  const session = await stripe.customerSessions.create({
    customer: customer.id,
    components: {
      payment_element: { enabled: true, features: { payment_method_redisplay: 'enabled' } },
    },
    expand: ['customer'],
  });
  expect(session).toMatchObject({
    object: 'customer_session',
    customer: { id: customer.id },
    customer_account: null,
    livemode: false,
    components: {
      buy_button: { enabled: false },
      customer_sheet: { enabled: false, features: null },
      payment_element: {
        enabled: true,
        features: {
          payment_method_allow_redisplay_filters: ['always'],
          payment_method_redisplay: 'enabled',
          payment_method_redisplay_limit: 3,
          payment_method_remove: 'disabled',
          payment_method_save: 'disabled',
          payment_method_save_usage: null,
        },
      },
    },
  });
  expect(session.expires_at - session.created).toBe(1800);
  expect(session).not.toHaveProperty('id');
});

test('a customer session needs one owner and one component', async () => {
  const { customer } = await saveCard(stripe, 'pm_card_visa');
  const components = { payment_element: { enabled: true } };
  const create = (params: object) =>
    refusal(stripe.customerSessions.create(params as Stripe.CustomerSessionCreateParams));
  expect(await create({ components })).toMatchObject({ param: 'customer' });
  expect(await create({ customer })).toMatchObject({ param: 'components' });
  const off = { customer, components: { payment_element: { enabled: false } } };
  expect(await create(off)).toMatchObject({ param: 'components' });
  expect(await create({ customer: 'cus_none', components })).toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
  });
});

test('the one payment method configuration can be listed and read', async () => {
  const { data } = await stripe.paymentMethodConfigurations.list();
  expect(data).toMatchObject([{ is_default: true, card: { available: true } }]);
  const read = await stripe.paymentMethodConfigurations.retrieve(data[0]?.id ?? '');
  expect(read.id).toBe(data[0]?.id);
});

test('the browser sees and removes what the session lets it, for half an hour', async () => {
  const { customer, method } = await saveCard(stripe, 'pm_card_visa');
  await stripe.paymentMethods.update(method, { allow_redisplay: 'always' });
  await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  const { client_secret: secret } = await stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: { payment_method_redisplay: 'enabled', payment_method_remove: 'enabled' },
      },
    },
  });
  const headers = { authorization: `Bearer ${PUBLISHABLE_KEY}` };
  const ask = (query: string) =>
    opened.call(
      `/v1/elements/sessions?mode=setup&currency=usd&customer_session_client_secret=${query}`,
      { headers },
    );
  expect((await ask(secret)).body.saved_payment_methods).toMatchObject([{ id: method }]);
  expect((await ask(`${secret}x`)).status).toBe(400);
  const removed = await opened.call(`/v1/elements/payment_methods/${method}/detach`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ customer_session_client_secret: secret }),
  });
  expect(removed.status).toBe(200);
  expect((await stripe.paymentMethods.retrieve(method)).customer).toBeNull();
  const log = await opened.call('/_sandbox/requests?path=/v1/elements');
  expect(JSON.stringify(log.body)).not.toContain(secret);
  await opened.call('/_sandbox/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: 1800 }),
  });
  expect((await ask(secret)).status).toBe(400);
});
