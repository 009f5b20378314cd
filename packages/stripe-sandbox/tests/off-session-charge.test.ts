import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { offSessionCharge, openSandbox, refusal, saveCard } from './open-sandbox.ts';
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

describe('an off-session charge', () => {
  test('of a good card succeeds with a captured charge', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const intent = await stripe.paymentIntents.create({
      ...offSessionCharge(saved),
      metadata: { payment: 'pay_1' },
      expand: ['latest_charge', 'payment_method', 'customer'],
    });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1099,
      customer: { id: saved.customer },
      payment_method: { id: saved.method },
      latest_charge: { status: 'succeeded', captured: true, metadata: { payment: 'pay_1' } },
    });
    const events = await stripe.events.list({ types: ['payment_intent.*', 'charge.*'], limit: 3 });
    expect(events.data.map(({ type }) => type)).toEqual([
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
    ]);
  });

  test('of …0341 is declined and leaves the intent, without its method', async () => {
    const saved = await saveCard(stripe, 'pm_card_chargeCustomerFail');
    const error = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
    expect(error).toMatchObject({
      statusCode: 402,
      rawType: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      advice_code: 'try_again_later',
      payment_method: { id: saved.method, customer: saved.customer },
      payment_intent: {
        status: 'requires_payment_method',
        payment_method: null,
        next_action: null,
        last_payment_error: { code: 'card_declined', payment_method: { id: saved.method } },
      },
    });
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '', {
      expand: ['latest_charge'],
    });
    expect(intent.latest_charge).toMatchObject({
      id: error.charge,
      status: 'failed',
      outcome: { network_status: 'declined_by_network', type: 'issuer_declined' },
    });
  });

  test('of …3184 requires authentication, and the same intent can be paid on-session', async () => {
    const saved = await saveCard(stripe, 'pm_card_authenticationRequired');
    const error = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      decline_code: 'authentication_required',
      payment_method: { id: saved.method },
      payment_intent: { status: 'requires_payment_method', payment_method: null },
    });
    const again = await stripe.paymentIntents.confirm(error.payment_intent?.id ?? '', {
      payment_method: saved.method,
      return_url: 'http://localhost:3000/back',
    });
    expect(again.status).toBe('requires_action');
    expect(again.next_action?.redirect_to_url?.url).toContain(`/challenge/${again.id}`);
    const done = await fetch(`${opened.sandbox.url}/_challenge/${again.id}/complete`, {
      method: 'POST',
      redirect: 'manual',
    });
    expect(done.headers.get('location')).toContain('redirect_status=succeeded');
    expect((await stripe.paymentIntents.retrieve(again.id)).status).toBe('succeeded');
  });

  test('of …3155 goes through only when the card was set up with authentication', async () => {
    const saved = await saveCard(stripe, 'pm_card_authenticationRequiredOnSetup');
    const before = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
    expect(before.code).toBe('authentication_required');
    const setup = await stripe.setupIntents.create({
      customer: saved.customer,
      payment_method: saved.method,
      confirm: true,
      return_url: 'http://localhost:3000/back',
    });
    expect(setup.status).toBe('requires_action');
    await fetch(`${opened.sandbox.url}/_challenge/${setup.id}/complete`, {
      method: 'POST',
      redirect: 'manual',
    });
    const paid = await stripe.paymentIntents.create(offSessionCharge(saved));
    expect(paid.status).toBe('succeeded');
  });

  test('is refused together with setup_future_usage, and without confirm', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const both = await refusal(
      stripe.paymentIntents.create({
        ...offSessionCharge(saved),
        setup_future_usage: 'off_session',
      }),
    );
    expect(both.statusCode).toBe(400);
    expect(both.message).toContain('You cannot confirm with the `off_session` parameter');
    const unconfirmed = await refusal(
      stripe.paymentIntents.create({ ...offSessionCharge(saved), confirm: false }),
    );
    expect(unconfirmed.param).toBe('off_session');
  });

  test('can hold funds that are captured in part, once', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const held = await stripe.paymentIntents.create({
      ...offSessionCharge(saved),
      capture_method: 'manual',
      expand: ['latest_charge'],
    });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1099 });
    const charge = held.latest_charge as Stripe.Charge;
    const until = charge.payment_method_details?.card?.capture_before ?? 0;
    expect(until - charge.created).toBe(4 * 86_400 + 18 * 3600);
    const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 500 });
    expect(taken).toMatchObject({ status: 'succeeded', amount_received: 500 });
    const twice = await refusal(stripe.paymentIntents.capture(held.id));
    expect(twice.code).toBe('payment_intent_unexpected_state');
  });

  test.each([
    ['below the minimum', { amount: 49 }, 'amount_too_small'],
    ['of nothing', { amount: 0 }, 'parameter_invalid_integer'],
    ['too large', { amount: 100_000_000 }, 'amount_too_large'],
    ['in a currency that does not exist', { currency: 'zzz' }, undefined],
    ['with an unknown method', { payment_method: 'pm_none' }, 'resource_missing'],
  ])('%s is refused', async (_case, more, code) => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const error = await refusal(
      stripe.paymentIntents.create({ ...offSessionCharge(saved), ...more }),
    );
    expect({ status: error.statusCode, code: error.code }).toEqual({ status: 400, code });
  });

  test("of another customer's card, or of a detached one, is refused", async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const other = await stripe.customers.create({});
    const foreign = await refusal(
      stripe.paymentIntents.create({ ...offSessionCharge(saved), customer: other.id }),
    );
    expect(foreign.statusCode).toBe(400);
    await stripe.paymentMethods.detach(saved.method);
    const detached = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
    expect(detached.message).toContain('may not be used again');
  });
});

test('a refund takes no more than was paid, and a second one is refused', async () => {
  const saved = await saveCard(stripe, 'pm_card_visa');
  const paid = await stripe.paymentIntents.create(offSessionCharge(saved));
  const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 99 });
  expect(part).toMatchObject({ status: 'succeeded', amount: 99 });
  const tooMuch = await refusal(stripe.refunds.create({ payment_intent: paid.id, amount: 1001 }));
  expect(tooMuch).toMatchObject({ param: 'amount', code: undefined });
  await stripe.refunds.create({ payment_intent: paid.id });
  const again = await refusal(stripe.refunds.create({ payment_intent: paid.id }));
  expect(again.code).toBe('charge_already_refunded');
});
