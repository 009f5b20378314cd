import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { eventTypes, moveClock } from './money.ts';
import { offSessionCharge, openSandbox, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

const DAY = 86_400;
let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

type CardOptions = Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card;

/** Holds 100.00 on a card whose owner is present, or away. */
async function hold(
  template = 'pm_card_visa',
  options: CardOptions = {},
  away = false,
): Promise<{ intent: Stripe.PaymentIntent; charge: Stripe.Charge }> {
  const { off_session, ...charge } = offSessionCharge(await saveCard(stripe, template));
  const intent = await stripe.paymentIntents.create({
    ...charge,
    ...(away ? { off_session: off_session ?? true } : {}),
    amount: 10_000,
    capture_method: 'manual',
    payment_method_options: { card: options },
    expand: ['latest_charge'],
  });
  return { intent, charge: intent.latest_charge as Stripe.Charge };
}

function cardOf(charge: Stripe.Charge): Stripe.Charge.PaymentMethodDetails.Card {
  const card = charge.payment_method_details?.card;
  if (!card) throw new Error('No card.');
  return card;
}

describe('the time to capture a hold', () => {
  test.each([
    ['Visa, shopper present', 'pm_card_visa', false, 7 * DAY],
    ['Visa, shopper away', 'pm_card_visa', true, 4 * DAY + 18 * 3600],
    ['Mastercard, shopper away', 'pm_card_mastercard', true, 7 * DAY],
  ])('of %s', async (_case, template, away, seconds) => {
    const { charge } = await hold(template, {}, away);
    expect((cardOf(charge).capture_before ?? 0) - charge.created).toBe(seconds);
  });

  test('is 30 days where an extended authorization was asked for', async () => {
    const { charge } = await hold('pm_card_visa', {
      request_extended_authorization: 'if_available',
    });
    expect(cardOf(charge).extended_authorization?.status).toBe('enabled');
    expect((cardOf(charge).capture_before ?? 0) - charge.created).toBe(30 * DAY);
  });

  test('runs out, and the intent is canceled by Stripe itself', async () => {
    const { intent, charge } = await hold();
    await moveClock(opened, 7 * DAY + 1);
    const late = await refusal(stripe.paymentIntents.capture(intent.id));
    expect(late.code).toBe('payment_intent_unexpected_state');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
      amount_capturable: 0,
    });
    const expired = await refusal(stripe.charges.capture(charge.id));
    expect(expired.code).toBe('charge_expired_for_capture');
    expect(await eventTypes(stripe, intent.id)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.expired',
      'payment_intent.canceled',
    ]);
  });
});

describe('capturing', () => {
  test('a part lets the rest go and puts the part into the balance', async () => {
    const { intent } = await hold();
    const taken = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 4000,
      expand: ['latest_charge.balance_transaction'],
    });
    expect(taken).toMatchObject({
      status: 'succeeded',
      amount_received: 4000,
      amount_capturable: 0,
      latest_charge: {
        captured: true,
        amount_captured: 4000,
        balance_transaction: { amount: 4000, type: 'charge' },
      },
    });
    const more = await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 4001 }));
    expect(more.param).toBe('amount');
  });

  test('more than is held is refused', async () => {
    const { intent } = await hold();
    const error = await refusal(
      stripe.paymentIntents.capture(intent.id, { amount_to_capture: 10_001 }),
    );
    expect(error).toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' });
  });

  test('in several parts needs to have been asked for', async () => {
    const plain = await hold();
    const refused = await refusal(
      stripe.paymentIntents.capture(plain.intent.id, {
        amount_to_capture: 1000,
        final_capture: false,
      }),
    );
    expect(refused.param).toBe('final_capture');
    const { intent } = await hold('pm_card_visa', { request_multicapture: 'if_available' });
    const first = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 1000,
      final_capture: false,
    });
    expect(first).toMatchObject({
      status: 'requires_capture',
      amount_received: 1000,
      amount_capturable: 9000,
    });
    const last = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 2500 });
    expect(last).toMatchObject({ status: 'succeeded', amount_received: 3500 });
  });

  test('twice is refused, through the intent and through its charge', async () => {
    const { intent, charge } = await hold();
    await stripe.charges.capture(charge.id);
    const again = await refusal(stripe.paymentIntents.capture(intent.id));
    expect(again.code).toBe('payment_intent_unexpected_state');
    const charged = await refusal(stripe.charges.capture(charge.id));
    expect(charged.code).toBe('charge_already_captured');
  });
});

describe('raising a hold', () => {
  test('is possible where it was asked for, up to ten times', async () => {
    const { intent } = await hold('pm_card_visa', {
      request_incremental_authorization: 'if_available',
    });
    const raised = await stripe.paymentIntents.incrementAuthorization(intent.id, {
      amount: 12_000,
    });
    expect(raised).toMatchObject({ amount: 12_000, amount_capturable: 12_000 });
    const lower = await refusal(
      stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 11_000 }),
    );
    expect(lower.param).toBe('amount');
    for (let amount = 12_001; amount <= 12_009; amount += 1) {
      await stripe.paymentIntents.incrementAuthorization(intent.id, { amount });
    }
    const eleventh = await refusal(
      stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 13_000 }),
    );
    expect(eleventh.statusCode).toBe(400);
    const taken = await stripe.paymentIntents.capture(intent.id);
    expect(taken.amount_received).toBe(12_009);
  });

  test('is refused where it was not', async () => {
    const { intent } = await hold();
    const error = await refusal(
      stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 12_000 }),
    );
    expect(error.code).toBe('payment_intent_invalid_parameter');
  });
});

test('letting a hold go refunds it, and a paid intent cannot be canceled', async () => {
  const { intent, charge } = await hold();
  const canceled = await stripe.paymentIntents.cancel(intent.id, {
    cancellation_reason: 'requested_by_customer',
  });
  expect(canceled).toMatchObject({ status: 'canceled', amount_capturable: 0 });
  expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ refunded: true });
  const paid = await stripe.paymentIntents.create(
    offSessionCharge(await saveCard(stripe, 'pm_card_visa')),
  );
  const error = await refusal(stripe.paymentIntents.cancel(paid.id));
  expect(error.message).toMatch(/^You cannot cancel this PaymentIntent because it has a status of/);
});
