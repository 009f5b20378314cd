import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOffSession,
  chargeOnSession,
  newCustomer,
  newIntent,
  saveCard,
} from './make-objects.ts';
import { control, openStripe, sandboxOnly, stripe } from './open-stripe.ts';

const { errors } = Stripe;

describe('the SDK throws', () => {
  test('an authentication error for a wrong key', async () => {
    const error = await refusal(openStripe('sk_nope_1234567890abcdef').customers.list());
    expect(error).toBeInstanceOf(errors.StripeAuthenticationError);
  });

  test('an invalid request error for what is not there', async () => {
    const error = await refusal(stripe.customers.retrieve('cus_none'));
    expect(error).toBeInstanceOf(errors.StripeInvalidRequestError);
    expect(error.requestId).toMatch(/^req_/);
  });

  test('a card error for a decline, and for a raw card number as well', async () => {
    const declined = await refusal(chargeOnSession('pm_card_visa_chargeDeclined'));
    expect(declined).toBeInstanceOf(errors.StripeCardError);
    const card = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };
    const raw = await refusal(stripe.paymentMethods.create({ type: 'card', card }));
    expect(raw).toBeInstanceOf(errors.StripeCardError);
    expect([declined.rawType, raw.rawType]).toEqual(['card_error', 'invalid_request_error']);
  });

  test('an idempotency error for a key that was used otherwise', async () => {
    const idempotencyKey = `contract-class-${String(Date.now())}-${String(Math.random())}`;
    await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    const error = await refusal(stripe.customers.create({ name: 'Bob' }, { idempotencyKey }));
    expect(error).toBeInstanceOf(errors.StripeIdempotencyError);
  });

  sandboxOnly('plants a fault')('a rate limit error, and does not ask again', async () => {
    const fault = { method: 'GET', path: '/v1/charges', times: 1, action: 'status', status: 429 };
    await control('/faults', fault);
    const error = await refusal(stripe.charges.list());
    expect(error).toBeInstanceOf(errors.StripeRateLimitError);
    expect(error).toMatchObject({ statusCode: 429, code: 'rate_limit' });
    await stripe.charges.list();
  });

  sandboxOnly('plants a fault')('an API error for a fault of the server', async () => {
    const fault = { method: 'GET', path: '/v1/charges', times: 1, action: 'status', status: 503 };
    await control('/faults', fault);
    const error = await refusal(stripe.charges.list());
    expect(error).toBeInstanceOf(errors.StripeAPIError);
    expect(error.rawType).toBe('api_error');
  });

  sandboxOnly('plants a fault')(
    'a connection error when it is cut off, and the work may be done',
    async () => {
      const customer = await newCustomer();
      const params = { amount: 1099, currency: 'usd', customer };
      const idempotencyKey = `contract-cut-${String(Date.now())}`;
      // The SDK itself asks once more after a reset: both times are cut.
      const cut = { method: 'POST', path: '/v1/payment_intents', times: 2, action: 'reset_after' };
      await control('/faults', cut);
      const error = await refusal(stripe.paymentIntents.create(params, { idempotencyKey }));
      expect(error).toBeInstanceOf(errors.StripeConnectionError);
      const again = await stripe.paymentIntents.create(params, { idempotencyKey });
      const { data } = await stripe.paymentIntents.list({ customer });
      expect(data.map(({ id }) => id)).toEqual([again.id]);
    },
  );
});

describe('the body of a decline', () => {
  test('names everything that it was about', async () => {
    const saved = await saveCard('pm_card_authenticationRequired');
    const error = await refusal(chargeOffSession(saved));
    expect(error.raw).toMatchObject({
      type: 'card_error',
      code: 'authentication_required',
      decline_code: 'authentication_required',
      doc_url: 'https://stripe.com/docs/error-codes/authentication-required',
      charge: error.payment_intent?.latest_charge,
      payment_intent: {
        object: 'payment_intent',
        status: 'requires_payment_method',
        last_payment_error: {
          type: 'card_error',
          code: 'authentication_required',
          decline_code: 'authentication_required',
          payment_method: { id: saved.payment_method, object: 'payment_method' },
        },
      },
      payment_method: {
        id: saved.payment_method,
        object: 'payment_method',
        card: { last4: '3184' },
      },
    });
    expect(error.message).toBe('Your card was declined. This transaction requires authentication.');
    const charge = await stripe.charges.retrieve(error.charge ?? '');
    expect(charge).toMatchObject({
      failure_code: 'authentication_required',
      outcome: {
        risk_level: 'normal',
        seller_message: 'The bank returned the decline code `authentication_required`.',
      },
    });
  });

  const texts: [string, string][] = [
    ['pm_card_visa_chargeDeclined', 'Your card was declined.'],
    ['pm_card_visa_chargeDeclinedLostCard', 'Your card was declined.'],
    ['pm_card_visa_chargeDeclinedStolenCard', 'Your card was declined.'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'Your card has insufficient funds.'],
    ['pm_card_chargeDeclinedExpiredCard', 'Your card has expired.'],
    ['pm_card_chargeDeclinedIncorrectCvc', "Your card's security code is incorrect."],
  ];
  test.each(texts)('of %s says: %s', async (template, text) => {
    expect((await refusal(chargeOnSession(template))).message).toBe(text);
  });
});

describe('a test card asked for 3D Secure', () => {
  const asking = { payment_method_options: { card: { request_three_d_secure: 'any' as const } } };

  test('that is not enrolled is acknowledged, and paid', async () => {
    const paid = await newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      expand: ['latest_charge'],
      ...asking,
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      latest_charge: {
        payment_method_details: { card: { three_d_secure: { result: 'attempt_acknowledged' } } },
      },
    });
  });

  test('that is enrolled but did not have to must authenticate', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecureOptional', asking);
    expect(intent.status).toBe('requires_action');
  });
});
