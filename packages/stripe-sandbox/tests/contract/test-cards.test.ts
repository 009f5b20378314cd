import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOffSession,
  chargeOnSession,
  latestCharge,
  newCustomer,
  newSetup,
  saveCard,
} from './make-objects.ts';
import { RETURN_URL, pressChallenge, sandboxOnly, stripe } from './open-stripe.ts';

/** What a call came to: a status, or `code/decline_code` of the refusal. */
async function outcome(call: Promise<{ status: string }>): Promise<string> {
  try {
    return (await call).status;
  } catch {
    const error = await refusal(call);
    return `${error.code ?? 'none'}/${error.decline_code ?? 'none'}`;
  }
}

const OK = 'succeeded';
const ACTION = 'requires_action';
const AUTH = 'authentication_required/authentication_required';
const GENERIC = 'card_declined/generic_decline';
const FUNDS = 'card_declined/insufficient_funds';

// template, at setup, paying on-session, charged off-session after a plain attach
const CARDS: [string, string, string, string][] = [
  ['pm_card_visa', OK, OK, OK],
  ['pm_card_mastercard', OK, OK, OK],
  ['pm_card_amex', OK, OK, OK],
  ['pm_card_unionpay', OK, OK, OK],
  ['pm_card_authenticationRequiredOnSetup', ACTION, ACTION, AUTH],
  ['pm_card_authenticationRequired', ACTION, ACTION, AUTH],
  ['pm_card_authenticationRequiredSetupForOffSession', OK, ACTION, OK],
  ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', ACTION, ACTION, FUNDS],
  ['pm_card_chargeCustomerFail', OK, GENERIC, GENERIC],
  ['pm_card_threeDSecure2Required', ACTION, ACTION, AUTH],
  ['pm_card_threeDSecureOptional', OK, OK, OK],
  ['pm_card_bypassPending', OK, OK, OK],
  ['pm_card_createDispute', OK, OK, OK],
  ['pm_card_pendingRefund', OK, OK, OK],
  ['pm_card_refundFail', OK, OK, OK],
];

describe('set up for later use', () => {
  test.each(CARDS)('%s: %s', async (payment_method, expected) => {
    const customer = await newCustomer();
    const more = { customer, payment_method, confirm: true, return_url: RETURN_URL };
    expect(await outcome(newSetup(more))).toBe(expected);
  });
});

describe('charged on-session', () => {
  test.each(CARDS.map(([template, , onSession]): [string, string] => [template, onSession]))(
    '%s: %s',
    async (template, expected) => {
      expect(await outcome(chargeOnSession(template))).toBe(expected);
    },
  );
});

describe('charged off-session', () => {
  test.each(CARDS.map(([template, , , offSession]): [string, string] => [template, offSession]))(
    '%s: %s',
    async (template, expected) => {
      expect(await outcome(chargeOffSession(await saveCard(template)))).toBe(expected);
    },
  );
});

type Decline = Partial<Stripe.StripeRawError>;
const decline = (decline_code: string, advice_code?: string): Decline => ({
  code: 'card_declined',
  decline_code,
  ...(advice_code === undefined ? {} : { advice_code }),
});
const DECLINES: [string, Decline & { advice_code?: string }][] = [
  ['pm_card_visa_chargeDeclined', decline('generic_decline', 'try_again_later')],
  [
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    decline('insufficient_funds', 'try_again_later'),
  ],
  ['pm_card_visa_chargeDeclinedLostCard', decline('lost_card', 'do_not_try_again')],
  ['pm_card_visa_chargeDeclinedStolenCard', decline('stolen_card', 'do_not_try_again')],
  [
    'pm_card_chargeDeclinedExpiredCard',
    { code: 'expired_card', param: 'exp_month', advice_code: 'confirm_card_data' },
  ],
  [
    'pm_card_chargeDeclinedIncorrectCvc',
    { code: 'incorrect_cvc', param: 'cvc', advice_code: 'confirm_card_data' },
  ],
  [
    'pm_card_chargeDeclinedProcessingError',
    { code: 'processing_error', advice_code: 'try_again_later' },
  ],
  ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', decline('card_velocity_exceeded')],
  ['pm_card_chargeDeclinedFraudulent', decline('fraudulent')],
];

describe('a card that no bank accepts', () => {
  test.each(DECLINES)('%s says why, and what to do', async (template, expected) => {
    const error = await refusal(chargeOnSession(template));
    expect(error).toMatchObject({ statusCode: 402, rawType: 'card_error', ...expected });
    expect(error.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: expected,
    });
    const charge = await stripe.charges.retrieve(error.charge ?? '');
    expect(charge).toMatchObject({ status: 'failed', paid: false, captured: false });
  });

  test('and is fraudulent comes without advice', async () => {
    const error = await refusal(chargeOnSession('pm_card_chargeDeclinedFraudulent'));
    expect(error.advice_code).toBeUndefined();
  });

  test('because Radar blocks it never reaches the network', async () => {
    const error = await refusal(chargeOnSession('pm_card_radarBlock'));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined' });
    const charge = await stripe.charges.retrieve(error.charge ?? '');
    expect(charge.outcome).toMatchObject({
      type: 'blocked',
      network_status: 'not_sent_to_network',
      risk_level: 'highest',
    });
  });
});

describe('after the shopper authenticated', () => {
  const button = sandboxOnly("presses the bank's button");

  button('…3155 can be charged off-session', async () => {
    const customer = await newCustomer();
    const setup = await newSetup({
      customer,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
      return_url: RETURN_URL,
    });
    await pressChallenge(setup.id, 'complete');
    const [method] = (await stripe.paymentMethods.list({ customer })).data;
    const paid = await chargeOffSession({ customer, payment_method: method?.id ?? '' });
    expect(paid.status).toBe('succeeded');
  });

  button('…3184 still asks each time it is charged', async () => {
    const customer = await newCustomer();
    const setup = await newSetup({
      customer,
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: RETURN_URL,
    });
    await pressChallenge(setup.id, 'complete');
    const [method] = (await stripe.paymentMethods.list({ customer })).data;
    const saved = { customer, payment_method: method?.id ?? '' };
    expect(await outcome(chargeOffSession(saved))).toBe(AUTH);
  });

  button('…3178 pays the first time, and is declined once it is saved', async () => {
    const template = 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds';
    const customer = await newCustomer();
    const first = await chargeOnSession(template, { customer, setup_future_usage: 'off_session' });
    await pressChallenge(first.id, 'complete');
    expect((await stripe.paymentIntents.retrieve(first.id)).status).toBe('succeeded');
    const [method] = (await stripe.paymentMethods.list({ customer })).data;
    const saved = { customer, payment_method: method?.id ?? '' };
    expect(await outcome(chargeOffSession(saved))).toBe(FUNDS);
  });

  button('…1629 is declined all the same', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecureRequiredChargeDeclined');
    expect(intent.status).toBe('requires_action');
    await pressChallenge(intent.id, 'complete');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
    });
  });

  button('a good card leaves an authenticated charge', async () => {
    const intent = await chargeOnSession('pm_card_threeDSecure2Required');
    await pressChallenge(intent.id, 'complete');
    const charge = await latestCharge(await stripe.paymentIntents.retrieve(intent.id));
    expect(charge.payment_method_details?.card?.three_d_secure?.result).toBe('authenticated');
  });
});
