import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { BACK, chargeOf, endChallenge, pay } from './money.ts';
import { offSessionCharge, openSandbox, refusal } from './open-sandbox.ts';
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

describe('a test card', () => {
  test('…3178 pays the first time after 3D Secure, and has no funds ever after', async () => {
    const customer = await stripe.customers.create({});
    const first = await pay(
      stripe,
      'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
      {
        customer: customer.id,
        setup_future_usage: 'off_session',
      },
    );
    expect(first.status).toBe('requires_action');
    await endChallenge(opened, first.id, 'complete');
    const paid = await stripe.paymentIntents.retrieve(first.id);
    expect(paid.status).toBe('succeeded');
    const saved = { customer: customer.id, method: paid.payment_method as string };
    const later = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
    expect(later.decline_code).toBe('insufficient_funds');
    const present = await pay(stripe, saved.method, { customer: customer.id });
    expect(present.status).toBe('requires_action');
    await endChallenge(opened, present.id, 'complete');
    const declined = await stripe.paymentIntents.retrieve(present.id);
    expect(declined.last_payment_error?.decline_code).toBe('insufficient_funds');
  });

  test('…3155 saved by a payment with 3D Secure pays while its owner is away', async () => {
    const customer = await stripe.customers.create({});
    const first = await pay(stripe, 'pm_card_authenticationRequiredOnSetup', {
      customer: customer.id,
      setup_future_usage: 'off_session',
    });
    await endChallenge(opened, first.id, 'complete');
    const { payment_method } = await stripe.paymentIntents.retrieve(first.id);
    const later = await stripe.paymentIntents.create(
      offSessionCharge({ customer: customer.id, method: payment_method as string }),
    );
    expect(later.status).toBe('succeeded');
  });

  test.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ])('%s cannot be saved or charged', async (template, code, decline_code) => {
    const customer = await stripe.customers.create({});
    const expected = { statusCode: 402, code, decline_code };
    const attached = stripe.paymentMethods.attach(template, { customer: customer.id });
    expect(await refusal(attached)).toMatchObject(expected);
    expect(await refusal(pay(stripe, template))).toMatchObject(expected);
    const setup = await refusal(
      stripe.setupIntents.create({ payment_method: template, confirm: true, return_url: BACK }),
    );
    expect(setup).toMatchObject({
      ...expected,
      setup_intent: { status: 'requires_payment_method', last_setup_error: { code } },
    });
    const attempts = await stripe.setupAttempts.list({
      setup_intent: setup.setup_intent?.id ?? '',
    });
    expect(attempts.data[0]).toMatchObject({ status: 'failed', setup_error: { code } });
  });

  test('that Radar blocks never reaches its bank', async () => {
    const error = await refusal(pay(stripe, 'pm_card_radarBlock'));
    const charge = await stripe.charges.retrieve(error.charge ?? '');
    expect(charge.outcome).toMatchObject({
      type: 'blocked',
      network_status: 'not_sent_to_network',
      risk_level: 'highest',
    });
  });

  test('of elevated risk pays and says so', async () => {
    const charge = chargeOf(await pay(stripe, 'pm_card_riskLevelElevated'));
    expect(charge.outcome).toMatchObject({ type: 'authorized', risk_level: 'elevated' });
  });

  test('whose security code is wrong says so in its checks', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_cvcCheckFail' },
    });
    expect(method.card?.checks?.cvc_check).toBe('fail');
  });

  test('that skips the wait is in the available balance at once', async () => {
    const intent = await pay(stripe, 'pm_card_bypassPending', {
      expand: ['latest_charge.balance_transaction'],
    });
    expect(chargeOf(intent).balance_transaction).toMatchObject({ status: 'available', fee: 88 });
  });
});
