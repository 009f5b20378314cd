import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../src/ids.ts';
import { endChallenge } from './money.ts';
import { openSandbox, openStripe, pressCheckoutButton, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

test('between two captures no more goes back than was captured, and in the end no more either', async () => {
  const { stripe } = opened;
  const saved = await saveCard(stripe, 'pm_card_visa');
  const intent = await stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    customer: saved.customer,
    payment_method: saved.method,
    capture_method: 'manual',
    confirm: true,
    payment_method_options: { card: { request_multicapture: 'if_available' } },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  const charge = idOf(intent.latest_charge) ?? '';
  await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 3000, final_capture: false });

  const tooMuch = await refusal(stripe.refunds.create({ charge, amount: 3001 }));
  expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' });
  await stripe.refunds.create({ charge, amount: 2000 });
  await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1000 });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({
    amount_captured: 4000,
    amount_refunded: 8000,
    refunded: false,
  });

  const rest = await stripe.refunds.create({ charge });
  expect(rest.amount).toBe(2000);
  expect((await stripe.charges.retrieve(charge)).refunded).toBe(true);
  expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({
    code: 'charge_already_refunded',
  });
});

test('what was paid back before a hold is canceled stays paid back', async () => {
  const { stripe } = opened;
  const saved = await saveCard(stripe, 'pm_card_visa');
  const intent = await stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    customer: saved.customer,
    payment_method: saved.method,
    capture_method: 'manual',
    confirm: true,
    payment_method_options: { card: { request_multicapture: 'if_available' } },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  const charge = idOf(intent.latest_charge) ?? '';
  await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 3000, final_capture: false });
  await stripe.refunds.create({ charge });
  await stripe.paymentIntents.cancel(intent.id);
  expect(await stripe.charges.retrieve(charge)).toMatchObject({
    amount_refunded: 10_000,
    refunded: true,
  });
  expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({
    code: 'charge_already_refunded',
  });
});

test('two accounts may have a product, and a coupon, of the same id', async () => {
  const other = openStripe(opened.sandbox, 'sk_test_neighbour');
  for (const stripe of [opened.stripe, other]) {
    await stripe.products.create({ id: 'basic_plan', name: 'Basic' });
    await stripe.coupons.create({ id: 'WINTER', percent_off: 10 });
  }
  await other.products.update('basic_plan', { name: 'Theirs' });
  expect((await opened.stripe.products.retrieve('basic_plan')).name).toBe('Basic');
  const again = opened.stripe.products.create({ id: 'basic_plan', name: 'Again' });
  expect(await refusal(again)).toMatchObject({ code: 'resource_already_exists' });
});

test("a session's intent takes no other amount, customer or method than the session's", async () => {
  const { stripe } = opened;
  const [owner, other] = [await stripe.customers.create(), await stripe.customers.create()];
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer: owner.id,
    success_url: 'https://example.com/done',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'usd', unit_amount: 1500, product_data: { name: 'Lamp' } },
      },
    ],
  });
  const pressed = await pressCheckoutButton(opened, session, '4000002760003184');
  const intentId = String(pressed.body.intent_id);
  for (const change of [
    { amount: 99_000 },
    { customer: other.id },
    { payment_method: 'pm_card_visa' },
    { capture_method: 'manual' as const },
  ]) {
    expect(await refusal(stripe.paymentIntents.update(intentId, change))).toMatchObject({
      code: 'payment_intent_unexpected_state',
      param: Object.keys(change)[0],
    });
  }
  await stripe.paymentIntents.update(intentId, { metadata: { order: '7' } });
  await endChallenge(opened, intentId, 'complete');
  expect(await stripe.paymentIntents.retrieve(intentId)).toMatchObject({
    status: 'succeeded',
    amount_received: 1500,
    customer: owner.id,
  });

  const setup = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: owner.id,
    success_url: 'https://example.com/done',
  });
  const change = stripe.setupIntents.update(idOf(setup.setup_intent) ?? '', { customer: other.id });
  expect(await refusal(change)).toMatchObject({ code: 'setup_intent_unexpected_state' });
});
