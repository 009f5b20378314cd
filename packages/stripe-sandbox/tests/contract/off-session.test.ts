import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOffSession,
  eventsAbout,
  idOf,
  latestCharge,
  newCustomer,
  newIntent,
  saveCard,
} from './make-objects.ts';
import { RETURN_URL, believed, pressChallenge, sandboxOnly, stripe } from './open-stripe.ts';

describe('an off-session charge', () => {
  test('of a good card succeeds at once, with everything received', async () => {
    const saved = await saveCard();
    const intent = await chargeOffSession(saved, { metadata: { payment: '7' } });
    expect(intent).toMatchObject({
      id: expect.stringMatching(/^pi_/) as string,
      object: 'payment_intent',
      status: 'succeeded',
      amount: 1099,
      amount_received: 1099,
      amount_capturable: 0,
      currency: 'usd',
      customer: saved.customer,
      payment_method: saved.payment_method,
      last_payment_error: null,
      next_action: null,
      metadata: { payment: '7' },
    });
    expect(await latestCharge(intent)).toMatchObject({
      status: 'succeeded',
      paid: true,
      captured: true,
      amount: 1099,
      amount_captured: 1099,
      amount_refunded: 0,
      refunded: false,
      disputed: false,
      payment_intent: intent.id,
      customer: saved.customer,
      payment_method: saved.payment_method,
      outcome: { network_status: 'approved_by_network', type: 'authorized' },
      payment_method_details: { type: 'card', card: { last4: '4242', brand: 'visa' } },
    });
    await eventsAbout(intent.id, ['payment_intent.created', 'payment_intent.succeeded']);
    await eventsAbout(idOf(intent.latest_charge), ['charge.succeeded']);
  });

  test.each(['one_off', 'recurring', true] as const)('may be of kind %s', async (off_session) => {
    const intent = await chargeOffSession(await saveCard(), { off_session });
    expect(intent.status).toBe('succeeded');
  });

  test('that is declined leaves its PaymentIntent in requires_payment_method with payment_method null', async () => {
    const saved = await saveCard('pm_card_chargeCustomerFail');
    const error = await refusal(chargeOffSession(saved));
    expect(error).toMatchObject({
      statusCode: 402,
      rawType: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      charge: expect.stringMatching(/^(ch|py)_/) as string,
      payment_method: { id: saved.payment_method, customer: saved.customer },
      payment_intent: { object: 'payment_intent', latest_charge: error.charge },
    });
    expect(await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '')).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      next_action: null,
      amount_received: 0,
      latest_charge: error.charge,
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        charge: error.charge,
        payment_method: { id: saved.payment_method },
      },
    });
    await eventsAbout(error.payment_intent?.id ?? '', ['payment_intent.payment_failed']);
    await eventsAbout(error.charge ?? '', ['charge.failed']);
  });

  test('that needs the shopper fails with authentication_required instead of waiting', async () => {
    const saved = await saveCard('pm_card_authenticationRequired');
    const error = await refusal(chargeOffSession(saved));
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      decline_code: 'authentication_required',
      payment_intent: {
        status: 'requires_payment_method',
        payment_method: null,
        next_action: null,
      },
    });
    const charge = await stripe.charges.retrieve(error.charge ?? '');
    expect(charge.outcome).toMatchObject({
      network_status: 'declined_by_network',
      reason: 'authentication_required',
      type: 'issuer_declined',
    });
  });

  test('without confirm is refused, naming off_session', async () => {
    const error = await refusal(chargeOffSession(await saveCard(), { confirm: false }));
    expect(error).toMatchObject({ statusCode: 400, param: 'off_session' });
    expect(error.message).toContain('unless `confirm` is set to true');
  });

  test('with setup_future_usage is refused', async () => {
    const error = await refusal(
      chargeOffSession(await saveCard(), { setup_future_usage: 'off_session' }),
    );
    expect(error.statusCode).toBe(400);
    expect(error.message).toContain('You cannot confirm with the `off_session` parameter');
  });

  test('is refused by an intent on which setup_future_usage was left, until it is cleared', async () => {
    const saved = await saveCard();
    const intent = await newIntent({ ...saved, setup_future_usage: 'off_session' });
    const error = await refusal(stripe.paymentIntents.confirm(intent.id, { off_session: true }));
    expect(error.statusCode).toBe(400);
    await stripe.paymentIntents.update(intent.id, { setup_future_usage: '' });
    const paid = await stripe.paymentIntents.confirm(intent.id, { off_session: true });
    expect(paid.status).toBe('succeeded');
  });

  test("of another customer's card is refused", async () => {
    const saved = await saveCard();
    const error = await refusal(chargeOffSession({ ...saved, customer: await newCustomer() }));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
  });

  test('of a saved card without naming its customer is refused', async () => {
    const { payment_method } = await saveCard();
    const error = await refusal(newIntent({ payment_method, off_session: true, confirm: true }));
    expect(error.statusCode).toBe(400);
  });

  believed('without return_url needs no ban on redirects', async () => {
    const intent = await chargeOffSession(await saveCard(), {
      automatic_payment_methods: { enabled: true },
    });
    expect(intent.status).toBe('succeeded');
  });
});

describe('after an off-session charge failed', () => {
  test('the same intent can be paid with another card', async () => {
    const saved = await saveCard('pm_card_chargeCustomerFail');
    const error = await refusal(chargeOffSession(saved));
    const other = await stripe.paymentMethods.attach('pm_card_visa', { customer: saved.customer });
    const paid = await stripe.paymentIntents.confirm(error.payment_intent?.id ?? '', {
      payment_method: other.id,
      off_session: true,
    });
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
    expect(idOf(paid.latest_charge)).not.toBe(error.charge);
    const charges = await stripe.charges.list({ payment_intent: paid.id });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  test('on-session confirmation of the same intent asks the shopper to authenticate', async () => {
    const saved = await saveCard('pm_card_authenticationRequired');
    const error = await refusal(chargeOffSession(saved));
    const intent = await stripe.paymentIntents.confirm(error.payment_intent?.id ?? '', {
      payment_method: saved.payment_method,
      return_url: RETURN_URL,
    });
    expect(intent).toMatchObject({ status: 'requires_action', last_payment_error: null });
  });

  sandboxOnly("presses the bank's button")('the shopper can authenticate and pay it', async () => {
    const saved = await saveCard('pm_card_authenticationRequired');
    const error = await refusal(chargeOffSession(saved));
    const id = error.payment_intent?.id ?? '';
    await stripe.paymentIntents.confirm(id, {
      payment_method: saved.payment_method,
      return_url: RETURN_URL,
    });
    await pressChallenge(id, 'complete');
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'succeeded',
      amount_received: 1099,
      payment_method: saved.payment_method,
    });
  });

  test('it can be cancelled, and then never be paid', async () => {
    const error = await refusal(chargeOffSession(await saveCard('pm_card_chargeCustomerFail')));
    const id = error.payment_intent?.id ?? '';
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled' });
    const late = await refusal(
      stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }),
    );
    expect(late.code).toBe('payment_intent_unexpected_state');
  });
});
