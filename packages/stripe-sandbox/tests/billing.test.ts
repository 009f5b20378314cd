import { afterAll, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, refusal } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
let price: string;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
  const made = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1500,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  price = made.id;
});
afterAll(async () => {
  await opened.sandbox.close();
});

test('a subscription is kept with its states, and nothing is charged for it', async () => {
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const made = await stripe.subscriptions.create({ customer, items: [{ price }] });
  expect(made).toMatchObject({ status: 'active', latest_invoice: null, currency: 'usd' });
  expect(made.items.data[0]).toMatchObject({ price: { id: price }, quantity: 1 });
  expect((await stripe.charges.list({ customer })).data).toEqual([]);
  const changed = await stripe.subscriptions.update(made.id, { metadata: { a: '1' } });
  expect(changed.metadata).toEqual({ a: '1' });
  expect(await stripe.subscriptions.cancel(made.id)).toMatchObject({ status: 'canceled' });
  expect((await refusal(stripe.subscriptions.update(made.id, {}))).statusCode).toBe(400);
});

test('without a payment method it needs a trial, which can pause when it ends', async () => {
  const { id: customer } = await stripe.customers.create({});
  const items = [{ price }];
  expect((await refusal(stripe.subscriptions.create({ customer, items }))).statusCode).toBe(400);
  const trial = await stripe.subscriptions.create({
    customer,
    items,
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  });
  expect(trial.status).toBe('trialing');
  const ended = await stripe.subscriptions.update(trial.id, { trial_end: 'now' });
  expect(ended.status).toBe('paused');
});

test('only callers of an older version give a coupon to a customer', async () => {
  const coupon = await stripe.coupons.create({ percent_off: 20 });
  const body = new URLSearchParams({ coupon: coupon.id });
  const older = await opened.call('/v1/customers', { method: 'POST', body });
  expect(older.body.discount).toMatchObject({ source: { coupon: coupon.id } });
  const newer = await opened.call('/v1/customers', {
    method: 'POST',
    body,
    headers: { 'stripe-version': '2026-10-28.endive' },
  });
  expect(newer.body.error).toMatchObject({ code: 'parameter_unknown', param: 'coupon' });
});
