import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import {
  idOf,
  newCustomer,
  newIntent,
  saveCard,
  setupSession,
  completeCheckout,
} from './make-objects.ts';
import { stripe } from './open-stripe.ts';

/** How many of these went well. The others were refused, whatever for: state, lock or key in use. */
async function wentWell(calls: Promise<unknown>[]): Promise<number> {
  const ends = await Promise.allSettled(calls);
  return ends.filter(({ status }) => status === 'fulfilled').length;
}
const five = <T>(make: () => Promise<T>): Promise<T>[] => Array.from({ length: 5 }, () => make());

describe('five requests at once', () => {
  test('to confirm an intent charge it once', async () => {
    const saved = await saveCard();
    const { id } = await newIntent(saved);
    await wentWell(five(() => stripe.paymentIntents.confirm(id)));
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
    const { data } = await stripe.charges.list({ payment_intent: id });
    expect(data).toHaveLength(1);
  });

  test('to capture a hold take it once', async () => {
    const held = await newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      capture_method: 'manual',
    });
    const capture = () => stripe.paymentIntents.capture(held.id, { amount_to_capture: 400 });
    expect(await wentWell(five(capture))).toBe(1);
    expect((await stripe.paymentIntents.retrieve(held.id)).amount_received).toBe(400);
  });

  test('to capture and to cancel leave one of the two', async () => {
    const held = await newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      capture_method: 'manual',
    });
    const both = [stripe.paymentIntents.capture(held.id), stripe.paymentIntents.cancel(held.id)];
    expect(await wentWell(both)).toBe(1);
  });

  test('to refund everything give it back once', async () => {
    const paid = await newIntent({ payment_method: 'pm_card_visa', confirm: true });
    expect(await wentWell(five(() => stripe.refunds.create({ payment_intent: paid.id })))).toBe(1);
    const charge = await stripe.charges.retrieve(idOf(paid.latest_charge));
    expect(charge.amount_refunded).toBe(1099);
  });

  test('with one key make one thing', async () => {
    const customer = await newCustomer();
    const idempotencyKey = `contract-at-once-${customer}`;
    const params: Stripe.PaymentIntentCreateParams = { amount: 1099, currency: 'usd', customer };
    await wentWell(five(() => stripe.paymentIntents.create(params, { idempotencyKey })));
    expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(1);
  });

  test('to attach a method to five customers attach it to one', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
    });
    const attach = async () =>
      stripe.paymentMethods.attach(method.id, { customer: await newCustomer() });
    expect(await wentWell(five(attach))).toBe(1);
  });

  test('to complete a session complete it once', async () => {
    const customer = await newCustomer();
    const session = await setupSession({ customer });
    expect(await wentWell(five(() => completeCheckout(session)))).toBe(1);
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });
});
