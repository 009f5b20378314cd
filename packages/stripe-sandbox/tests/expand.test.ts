import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { offSessionCharge, openSandbox, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
let paid: Stripe.PaymentIntent;
let charge: string;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
  const saved = await saveCard(stripe, 'pm_card_visa');
  paid = await stripe.paymentIntents.create(offSessionCharge(saved));
  charge = paid.latest_charge as string;
});
afterAll(async () => {
  await opened.sandbox.close();
});

describe('expand', () => {
  test('follows ids through intents, charges, refunds and methods', async () => {
    const refund = await stripe.refunds.create({
      payment_intent: paid.id,
      amount: 100,
      expand: ['charge.payment_intent.payment_method.customer', 'payment_intent.latest_charge'],
    });
    expect(refund).toMatchObject({
      charge: {
        id: charge,
        payment_intent: { payment_method: { customer: { object: 'customer' } } },
      },
      payment_intent: { latest_charge: { id: charge } },
    });
  });

  test('puts the refunds of a charge into it', async () => {
    const plain = await stripe.charges.retrieve(charge);
    expect(plain).not.toHaveProperty('refunds');
    const full = await stripe.charges.retrieve(charge, {
      expand: ['refunds', 'refunds.data.payment_intent'],
    });
    expect(full.refunds).toMatchObject({
      object: 'list',
      data: [{ amount: 100, payment_intent: { id: paid.id } }],
    });
  });

  test('takes what is always null here, and changes nothing', async () => {
    const seen = await stripe.paymentIntents.retrieve(paid.id, {
      expand: ['review', 'on_behalf_of', 'application'],
    });
    expect(seen).toMatchObject({ review: null, on_behalf_of: null });
  });

  test.each(['amount', 'customer_account', 'nothing', 'metadata.a', 'customer.email', 'a.b.c.d.e'])(
    '%s cannot be expanded',
    async (path) => {
      const refused = await refusal(stripe.paymentIntents.retrieve(paid.id, { expand: [path] }));
      expect(refused).toMatchObject({ statusCode: 400, param: 'expand[0]' });
    },
  );

  test('a deleted customer is expanded to its stub', async () => {
    const customer = (await stripe.customers.create({})).id;
    const { id } = await stripe.setupIntents.create({ customer });
    await stripe.customers.del(customer);
    const read = await stripe.setupIntents.retrieve(id, { expand: ['customer'] });
    expect(read.customer).toEqual({ id: customer, object: 'customer', deleted: true });
  });

  test('a refused expand undoes the request', async () => {
    const email = 'undone@example.com';
    await refusal(stripe.customers.create({ email, expand: ['nothing'] }));
    expect((await stripe.customers.list({ email })).data).toEqual([]);
  });
});
