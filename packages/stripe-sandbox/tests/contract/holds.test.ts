import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOffSession,
  chargeOnSession,
  eventsAbout,
  idOf,
  latestCharge,
  saveCard,
} from './make-objects.ts';
import { believed, passTime, sandboxOnly, stripe } from './open-stripe.ts';

const DAY = 86_400;
const HOLD = { capture_method: 'manual' } as const;

describe('a hold', () => {
  test('authorizes the amount and receives nothing', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    expect(held).toMatchObject({
      status: 'requires_capture',
      capture_method: 'manual',
      amount_capturable: 1099,
      amount_received: 0,
    });
    expect(await latestCharge(held)).toMatchObject({
      status: 'succeeded',
      captured: false,
      amount_captured: 0,
      payment_method_details: { card: { amount_authorized: 1099 } },
    });
    await eventsAbout(held.id, ['payment_intent.amount_capturable_updated']);
  });

  test('is captured in full unless an amount is given', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    const taken = await stripe.paymentIntents.capture(held.id);
    expect(taken).toMatchObject({
      status: 'succeeded',
      amount_received: 1099,
      amount_capturable: 0,
    });
    expect(await latestCharge(taken)).toMatchObject({ captured: true, amount_captured: 1099 });
    await eventsAbout(held.id, ['payment_intent.succeeded']);
    await eventsAbout(idOf(taken.latest_charge), ['charge.captured']);
  });

  test('is captured in part once, and the rest is released', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    const taken = await stripe.paymentIntents.capture(held.id, {
      amount_to_capture: 500,
      metadata: { part: '1' },
    });
    expect(taken).toMatchObject({
      status: 'succeeded',
      amount: 1099,
      amount_received: 500,
      amount_capturable: 0,
      metadata: { part: '1' },
    });
    const rest = await refusal(stripe.paymentIntents.capture(held.id, { amount_to_capture: 599 }));
    expect(rest.code).toBe('payment_intent_unexpected_state');
  });

  test('gives no more than it holds', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    const error = await refusal(
      stripe.paymentIntents.capture(held.id, { amount_to_capture: 1100 }),
    );
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
    expect((await stripe.paymentIntents.retrieve(held.id)).status).toBe('requires_capture');
  });

  test('is released by cancelling its intent', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    const canceled = await stripe.paymentIntents.cancel(held.id, {
      cancellation_reason: 'requested_by_customer',
    });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'requested_by_customer',
      amount_capturable: 0,
      amount_received: 0,
      canceled_at: expect.any(Number) as number,
    });
    await eventsAbout(held.id, ['payment_intent.canceled']);
  });

  test('cannot be refunded; the refusal has neither code nor param', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    const error = await refusal(stripe.refunds.create({ payment_intent: held.id }));
    expect({ status: error.statusCode, code: error.code, param: error.param }).toEqual({
      status: 400,
      code: undefined,
      param: undefined,
    });
  });

  believed('cannot be raised by updating the amount', async () => {
    const held = await chargeOffSession(await saveCard(), HOLD);
    const error = await refusal(stripe.paymentIntents.update(held.id, { amount: 2000 }));
    expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
  });

  believed('is raised by increment_authorization where that was asked for', async () => {
    const held = await chargeOffSession(await saveCard(), {
      ...HOLD,
      payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
    });
    const more = await stripe.paymentIntents.incrementAuthorization(held.id, { amount: 1500 });
    expect(more).toMatchObject({ amount: 1500, amount_capturable: 1500 });
    const less = await refusal(
      stripe.paymentIntents.incrementAuthorization(held.id, { amount: 1200 }),
    );
    expect(less.statusCode).toBe(400);
  });
});

describe('the deadline of a hold', () => {
  const windows: [string, 'shopper' | 'merchant', number][] = [
    ['pm_card_visa', 'shopper', 7 * DAY],
    ['pm_card_visa', 'merchant', 4 * DAY + 18 * 3600],
    ['pm_card_mastercard', 'shopper', 7 * DAY],
    ['pm_card_mastercard', 'merchant', 7 * DAY],
    ['pm_card_amex', 'shopper', 7 * DAY],
    ['pm_card_amex', 'merchant', 7 * DAY],
    ['pm_card_discover', 'shopper', 7 * DAY],
    ['pm_card_discover', 'merchant', 7 * DAY],
  ];
  test.each(windows)('%s held by the %s: %i seconds', async (template, who, seconds) => {
    const held =
      who === 'shopper'
        ? await chargeOnSession(template, HOLD)
        : await chargeOffSession(await saveCard(template), HOLD);
    const charge = await latestCharge(held);
    const before = charge.payment_method_details?.card?.capture_before ?? 0;
    expect(Math.abs(before - charge.created - seconds)).toBeLessThan(60);
  });

  test('is not there once the money was taken', async () => {
    const charge = await latestCharge(await chargeOffSession(await saveCard()));
    expect(charge.payment_method_details?.card?.capture_before).toBeUndefined();
  });

  sandboxOnly('moves the clock by a week')(
    'passes: Stripe cancels the intent by itself, and it can no longer be captured',
    async () => {
      const held = await chargeOffSession(await saveCard(), HOLD);
      await passTime(7 * DAY + 60);
      const [event] = await eventsAbout(held.id, ['payment_intent.canceled']);
      expect(event?.request?.id ?? null).toBeNull();
      expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({
        status: 'canceled',
        cancellation_reason: 'automatic',
        amount_capturable: 0,
      });
      const late = await refusal(stripe.paymentIntents.capture(held.id));
      expect(late.code).toBe('payment_intent_unexpected_state');
    },
  );
});
