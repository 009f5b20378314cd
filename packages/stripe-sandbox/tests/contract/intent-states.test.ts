import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from '../open-sandbox.ts';
import { chargeOnSession, newIntent, newSetup } from './make-objects.ts';
import { RETURN_URL, believed, stripe } from './open-stripe.ts';

type Intent = { id: string; status: string };
type Reach = () => Promise<Intent>;
const WRONG_STATE = 'payment_intent_unexpected_state';

const PAYMENTS: { [status: string]: Reach } = {
  requires_payment_method: () => newIntent(),
  requires_confirmation: () => newIntent({ payment_method: 'pm_card_visa' }),
  requires_action: () => chargeOnSession('pm_card_threeDSecure2Required'),
  requires_capture: () =>
    newIntent({ payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual' }),
  succeeded: () => newIntent({ payment_method: 'pm_card_visa', confirm: true }),
  canceled: async () => stripe.paymentIntents.cancel((await newIntent()).id),
};
const VERBS: { [verb: string]: (id: string) => Promise<Intent> } = {
  confirm: (id) => stripe.paymentIntents.confirm(id),
  'confirm with another card': (id) =>
    stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_mastercard' }),
  capture: (id) => stripe.paymentIntents.capture(id),
  cancel: (id) => stripe.paymentIntents.cancel(id),
  'update the method of': (id) =>
    stripe.paymentIntents.update(id, { payment_method: 'pm_card_mastercard' }),
  'update the amount of': (id) => stripe.paymentIntents.update(id, { amount: 2000 }),
  'update the metadata of': (id) =>
    stripe.paymentIntents.update(id, { metadata: { later: 'yes' } }),
};

async function come(reach: Reach | undefined, verb: VerbOf | undefined): Promise<string> {
  const intent = await reach?.();
  const call = verb?.(intent?.id ?? '');
  if (call === undefined) throw new Error('There is no such state or verb.');
  try {
    return (await call).status;
  } catch {
    const error = await refusal(call);
    expect(error.statusCode).toBe(400);
    return error.code ?? 'no code';
  }
}
type VerbOf = (id: string) => Promise<Intent>;

describe.each(Object.keys(PAYMENTS))('a PaymentIntent can be brought to %s', (status) => {
  test('and reads so', async () => {
    expect((await PAYMENTS[status]?.())?.status).toBe(status);
  });
});

// Stripe's documents name these, or real answers did.
const KNOWN: [state: string, verb: string, outcome: string][] = [
  ['requires_payment_method', 'capture', WRONG_STATE],
  ['requires_payment_method', 'cancel', 'canceled'],
  ['requires_payment_method', 'update the method of', 'requires_confirmation'],
  ['requires_payment_method', 'confirm with another card', 'succeeded'],
  ['requires_confirmation', 'confirm', 'succeeded'],
  ['requires_confirmation', 'capture', WRONG_STATE],
  ['requires_confirmation', 'cancel', 'canceled'],
  ['requires_confirmation', 'update the method of', 'requires_confirmation'],
  ['requires_action', 'capture', WRONG_STATE],
  ['requires_action', 'cancel', 'canceled'],
  ['requires_capture', 'capture', 'succeeded'],
  ['requires_capture', 'cancel', 'canceled'],
  ['requires_capture', 'update the metadata of', 'requires_capture'],
  ['succeeded', 'confirm', WRONG_STATE],
  ['succeeded', 'capture', WRONG_STATE],
  ['succeeded', 'cancel', WRONG_STATE],
  ['succeeded', 'update the metadata of', 'succeeded'],
  ['canceled', 'confirm with another card', WRONG_STATE],
  ['canceled', 'capture', WRONG_STATE],
  ['canceled', 'cancel', WRONG_STATE],
];
describe('a PaymentIntent in', () => {
  test.each(KNOWN)('%s: %s -> %s', async (state, verb, outcome) => {
    expect(await come(PAYMENTS[state], VERBS[verb])).toBe(outcome);
  });

  const probable: typeof KNOWN = [
    ['requires_payment_method', 'confirm', WRONG_STATE],
    ['requires_action', 'update the method of', 'requires_confirmation'],
    ['requires_capture', 'confirm', WRONG_STATE],
    ['requires_capture', 'update the amount of', WRONG_STATE],
    ['succeeded', 'confirm with another card', WRONG_STATE],
    ['succeeded', 'update the amount of', WRONG_STATE],
    ['succeeded', 'update the method of', WRONG_STATE],
    ['canceled', 'confirm', WRONG_STATE],
    ['canceled', 'update the amount of', WRONG_STATE],
    ['canceled', 'update the method of', WRONG_STATE],
  ];
  for (const [state, verb, outcome] of probable) {
    believed(`${state}: ${verb} -> ${outcome}`, async () => {
      expect(await come(PAYMENTS[state], VERBS[verb])).toBe(outcome);
    });
  }
});

describe('a refusal for its state', () => {
  test('carries the PaymentIntent', async () => {
    const intent = await newIntent({ payment_method: 'pm_card_visa', confirm: true });
    const error = await refusal(stripe.paymentIntents.confirm(intent.id));
    expect(error.payment_intent).toMatchObject({ id: intent.id, status: 'succeeded' });
    expect(error.message).toContain('because it has already succeeded');
  });

  test('without a payment method says so', async () => {
    const error = await refusal(stripe.paymentIntents.confirm((await newIntent()).id));
    expect(error.message).toContain('missing a payment method');
  });

  test('to update a canceled one names the states that may', async () => {
    const intent = await newIntent();
    await stripe.paymentIntents.cancel(intent.id);
    const error = await refusal(
      stripe.paymentIntents.update(intent.id, { payment_method: 'pm_card_visa' }),
    );
    expect(error.message).toContain('it has a status of canceled');
  });
});

describe('cancelling', () => {
  test.each(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const)(
    'a PaymentIntent may be for the reason %s',
    async (cancellation_reason) => {
      const { id } = await newIntent();
      const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason });
      expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason });
    },
  );

  test('takes no reason of its own making', async () => {
    const cancellation_reason = 'automatic' as Stripe.PaymentIntentCancelParams.CancellationReason;
    const { id } = await newIntent();
    const error = await refusal(stripe.paymentIntents.cancel(id, { cancellation_reason }));
    expect(error).toMatchObject({ statusCode: 400, param: 'cancellation_reason' });
  });
});

const SETUPS: { [status: string]: Reach } = {
  requires_payment_method: () => newSetup(),
  requires_confirmation: () => newSetup({ payment_method: 'pm_card_visa' }),
  requires_action: () =>
    newSetup({
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: RETURN_URL,
    }),
  succeeded: () => newSetup({ payment_method: 'pm_card_visa', confirm: true }),
  canceled: async () => stripe.setupIntents.cancel((await newSetup()).id),
};
const SETUP_VERBS: { [verb: string]: VerbOf } = {
  confirm: (id) => stripe.setupIntents.confirm(id),
  cancel: (id) => stripe.setupIntents.cancel(id),
  'update the metadata of': (id) => stripe.setupIntents.update(id, { metadata: { later: 'yes' } }),
};

describe('a SetupIntent in', () => {
  const known: typeof KNOWN = [
    ['requires_payment_method', 'cancel', 'canceled'],
    ['requires_confirmation', 'confirm', 'succeeded'],
    ['requires_confirmation', 'cancel', 'canceled'],
    ['requires_action', 'cancel', 'canceled'],
    ['succeeded', 'cancel', 'setup_intent_unexpected_state'],
    ['succeeded', 'update the metadata of', 'succeeded'],
    ['canceled', 'cancel', 'setup_intent_unexpected_state'],
  ];
  test.each(known)('%s: %s -> %s', async (state, verb, outcome) => {
    expect(await come(SETUPS[state], SETUP_VERBS[verb])).toBe(outcome);
  });

  const probable: typeof KNOWN = [
    ['requires_payment_method', 'confirm', 'setup_intent_unexpected_state'],
    ['succeeded', 'confirm', 'setup_intent_unexpected_state'],
    ['canceled', 'confirm', 'setup_intent_unexpected_state'],
  ];
  for (const [state, verb, outcome] of probable) {
    believed(`${state}: ${verb} -> ${outcome}`, async () => {
      expect(await come(SETUPS[state], SETUP_VERBS[verb])).toBe(outcome);
    });
  }

  test('canceled keeps its reason', async () => {
    const { id } = await newSetup();
    const canceled = await stripe.setupIntents.cancel(id, { cancellation_reason: 'duplicate' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'duplicate' });
  });
});
