import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { BACK, chargeOf, endChallenge, pay } from './money.ts';
import {
  PUBLISHABLE_KEY,
  offSessionCharge,
  openSandbox,
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

describe('3D Secure on request', () => {
  const any = { card: { request_three_d_secure: 'any' } } as const;

  test('is a challenge for an enrolled card', async () => {
    const plain = await pay(stripe, 'pm_card_threeDSecureOptional');
    expect(plain.status).toBe('succeeded');
    const asked = await pay(stripe, 'pm_card_threeDSecureOptional', {
      payment_method_options: any,
    });
    expect(asked.status).toBe('requires_action');
    await endChallenge(opened, asked.id, 'complete');
    const paid = await stripe.paymentIntents.retrieve(asked.id, { expand: ['latest_charge'] });
    expect(chargeOf(paid).payment_method_details?.card?.three_d_secure?.result).toBe(
      'authenticated',
    );
  });

  test.each([
    ['pm_card_visa', 'attempt_acknowledged'],
    ['pm_card_amex', 'not_supported'],
    ['pm_card_threeDSecureOptionalProcessingError', 'processing_error'],
  ])('with %s pays with the result %s', async (template, result) => {
    const intent = await pay(stripe, template, { payment_method_options: any });
    expect(chargeOf(intent).payment_method_details?.card?.three_d_secure?.result).toBe(result);
  });

  test('is not asked of a shopper on the telephone', async () => {
    const intent = await pay(stripe, 'pm_card_threeDSecure2Required', {
      payment_method_options: { card: { moto: true } },
    });
    expect(intent.status).toBe('succeeded');
  });

  test('is a decline where nobody could answer it', async () => {
    const error = await refusal(
      pay(stripe, 'pm_card_threeDSecure2Required', { error_on_requires_action: true }),
    );
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      decline_code: 'authentication_not_handled',
      payment_intent: { status: 'requires_payment_method' },
    });
  });
});

describe('the options of an intent', () => {
  test('may save a method by its type alone', async () => {
    const customer = await stripe.customers.create({});
    const intent = await pay(stripe, 'pm_card_visa', {
      customer: customer.id,
      payment_method_options: { card: { setup_future_usage: 'off_session' } },
    });
    expect(intent.setup_future_usage).toBeNull();
    const { data } = await stripe.paymentMethods.list({ customer: customer.id });
    expect(data.map(({ id }) => id)).toEqual([intent.payment_method]);
  });

  test('refuse a stored credential that is being set up', async () => {
    const error = await refusal(
      pay(stripe, 'pm_card_visa', {
        setup_future_usage: 'off_session',
        payment_method_options: { card: { stored_credential_usage: 'recurring' } },
      }),
    );
    expect(error.param).toBe('payment_method_options[card][stored_credential_usage]');
  });

  test('may hold cards and leave the intent itself alone', async () => {
    const intent = await pay(stripe, 'pm_card_visa', {
      payment_method_options: { card: { capture_method: 'manual' } },
    });
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 2000 });
  });

  test('name the kind of stored credential on the charge', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const intent = await stripe.paymentIntents.create({
      ...offSessionCharge(saved),
      payment_method_options: { card: { stored_credential_usage: 'unscheduled' } },
      expand: ['latest_charge'],
    });
    const card = chargeOf(intent).payment_method_details?.card;
    expect(card?.stored_credential_usage).toBe('unscheduled');
  });

  test('narrow the types of methods it takes', async () => {
    const cardsOnly = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'eur',
      allowed_payment_method_types: ['card'],
    });
    expect(cardsOnly.payment_method_types).toEqual(['card']);
    const refused = await refusal(
      stripe.paymentIntents.update(cardsOnly.id, { payment_method: 'pm_success_de' }),
    );
    expect(refused.code).toBe('payment_intent_incompatible_payment_method');
    const without = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'eur',
      excluded_payment_method_types: ['ideal', 'eps'],
    });
    expect(without.payment_method_types).toEqual([
      'card',
      'sepa_debit',
      'bancontact',
      'p24',
      'alipay',
    ]);
  });
});

test("a card's mandate is made where its owner's consent comes with it", async () => {
  const setup = await stripe.setupIntents.create({
    customer: (await stripe.customers.create({})).id,
    payment_method: 'pm_card_visa',
    confirm: true,
    return_url: BACK,
    mandate_data: {
      customer_acceptance: {
        type: 'online',
        online: { ip_address: '203.0.113.7', user_agent: 'Firefox' },
      },
    },
    expand: ['mandate'],
  });
  expect(setup.mandate).toMatchObject({
    status: 'active',
    type: 'multi_use',
    payment_method_details: { type: 'card' },
  });
  const bare = await refusal(
    stripe.setupIntents.create({
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url: BACK,
      mandate_data: { customer_acceptance: { type: 'online', online: {} as never } },
    }),
  );
  expect(bare.param).toBe('mandate_data[customer_acceptance][online][ip_address]');
});

test('an intent that has gone through takes no new amount, and says why', async () => {
  const intent = await pay(stripe, 'pm_card_visa');
  const error = await refusal(stripe.paymentIntents.update(intent.id, { amount: 3000 }));
  expect(error.message).toContain('could not be updated because it has a status of succeeded');
  const described = await stripe.paymentIntents.update(intent.id, { description: 'Deposit' });
  expect(described.description).toBe('Deposit');
});

test('a method used once without a customer may not be used again', async () => {
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
  await pay(stripe, method.id);
  const again = await refusal(pay(stripe, method.id));
  expect(again.message).toContain('may not be used again');
});

test('a confirmation token from the browser pays once', async () => {
  const answer = await opened.call('/v1/confirmation_tokens', {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      payment_method_data: {
        type: 'card',
        card: { number: '4242424242424242', exp_month: '12', exp_year: '2034', cvc: '123' },
        billing_details: { name: 'Ada Lovelace' },
      },
      return_url: BACK,
      setup_future_usage: 'off_session',
    }),
  });
  const token = await stripe.confirmationTokens.retrieve(String(answer.body.id));
  expect(token.payment_method_preview).toMatchObject({ type: 'card', card: { last4: '4242' } });
  const params = { amount: 2000, currency: 'usd', confirm: true, confirmation_token: token.id };
  const intent = await stripe.paymentIntents.create(params);
  expect(intent).toMatchObject({ status: 'succeeded', setup_future_usage: 'off_session' });
  expect((await refusal(stripe.paymentIntents.create(params))).param).toBe('confirmation_token');
});
