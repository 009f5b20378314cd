import { afterAll, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import {
  offSessionCharge,
  openSandbox,
  pressCheckoutButton,
  refusal,
  saveCard,
} from './open-sandbox.ts';
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

async function startPayment(
  more: Stripe.Checkout.SessionCreateParams = {},
): Promise<Stripe.Checkout.Session> {
  const product_data = { name: 'A print' };
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'http://localhost:3000/done',
    line_items: [{ quantity: 2, price_data: { currency: 'usd', unit_amount: 1500, product_data } }],
    ...more,
  });
}

test('a payment session is paid once, after a decline, with one PaymentIntent', async () => {
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
  const session = await startPayment({
    customer,
    payment_intent_data: { setup_future_usage: 'off_session', metadata: { order: '9' } },
  });
  expect(session).toMatchObject({ amount_total: 3000, payment_status: 'unpaid' });
  expect(session.payment_intent).toBeNull();
  expect((await pressCheckoutButton(opened, session, '4000000000009995')).status).toBe(402);
  expect((await pressCheckoutButton(opened, session, '4242424242424242')).status).toBe(200);
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.payment_method', 'line_items'],
  });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    line_items: { data: [{ description: 'A print', amount_total: 3000 }] },
    payment_intent: {
      amount_received: 3000,
      metadata: { order: '9' },
      payment_method: { customer, allow_redisplay: 'limited' },
    },
  });
  expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(1);
});

test('a guest becomes a customer when the session says always', async () => {
  const session = await startPayment({ customer_creation: 'always' });
  await pressCheckoutButton(opened, session, '5555555555554444');
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
  expect(done.customer).toMatchObject({ email: 'ada@example.com', name: 'Ada Lovelace' });
});

test("a session's own intent cannot be confirmed beside the page", async () => {
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    success_url: 'http://localhost:3000/done',
  });
  const confirm = stripe.setupIntents.confirm(session.setup_intent as string, {
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost:3000/back',
  });
  expect((await refusal(confirm)).code).toBe('setup_intent_unexpected_state');
});

test('a hold that nobody captures runs out, and its funds are let go', async () => {
  const saved = await saveCard(stripe, 'pm_card_mastercard');
  const held = await stripe.paymentIntents.create({
    ...offSessionCharge(saved),
    capture_method: 'manual',
  });
  await opened.call('/_sandbox/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: 7 * 86_400 + 1 }),
  });
  expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'automatic',
    amount_capturable: 0,
  });
});
