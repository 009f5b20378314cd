import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { AGREED, NO_REDIRECTS, debit, moveClock } from './money.ts';
import { openSandbox, refusal } from './open-sandbox.ts';
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

describe('a bank account saved by a SetupIntent', () => {
  async function saveAccount(
    method: string,
  ): Promise<{ customer: string; setup: Stripe.SetupIntent }> {
    const customer = await stripe.customers.create({ name: 'Ada Lovelace' });
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method: method,
      confirm: true,
      automatic_payment_methods: NO_REDIRECTS,
      mandate_data: AGREED,
      expand: ['mandate', 'latest_attempt'],
    });
    return { customer: customer.id, setup };
  }

  test('has an active mandate, under which it is debited while its owner is away', async () => {
    const { customer, setup } = await saveAccount('pm_success_de');
    expect(setup).toMatchObject({
      status: 'succeeded',
      mandate: { status: 'active', type: 'multi_use' },
      latest_attempt: { status: 'succeeded', setup_error: null },
    });
    const intent = await stripe.paymentIntents.create({
      amount: 700,
      currency: 'eur',
      customer,
      payment_method: setup.payment_method as string,
      off_session: true,
      confirm: true,
      automatic_payment_methods: NO_REDIRECTS,
    });
    expect(intent.status).toBe('processing');
    const updates = await stripe.events.list({ type: 'mandate.updated', limit: 1 });
    expect(updates.data[0]?.data).toMatchObject({
      object: { status: 'active' },
      previous_attributes: { status: 'pending' },
    });
  });

  test('that revokes a debit has no mandate any more, and is not debited again', async () => {
    const { customer, setup } = await saveAccount('pm_usBankAccount_debitNotAuthorized');
    const again = {
      amount: 700,
      currency: 'usd',
      customer,
      payment_method: setup.payment_method as string,
      off_session: true,
      confirm: true,
      automatic_payment_methods: NO_REDIRECTS,
    };
    const first = await stripe.paymentIntents.create(again);
    await moveClock(opened, 21);
    const failed = await stripe.paymentIntents.retrieve(first.id);
    expect(failed.last_payment_error?.code).toBe('debit_not_authorized');
    const mandate = setup.mandate as Stripe.Mandate;
    expect((await stripe.mandates.retrieve(mandate.id)).status).toBe('inactive');
    const refused = await refusal(stripe.paymentIntents.create(again));
    expect(refused).toMatchObject({ statusCode: 400, code: 'payment_intent_mandate_invalid' });
    const named = await refusal(
      stripe.paymentIntents.create({ ...again, mandate: 'mandate_none' }),
    );
    expect(named).toMatchObject({ code: 'resource_missing', param: 'mandate' });
  });

  test('without consent is refused', async () => {
    const error = await refusal(
      stripe.setupIntents.create({
        payment_method: 'pm_success_de',
        confirm: true,
        automatic_payment_methods: NO_REDIRECTS,
      }),
    );
    expect(error.code).toBe('setup_intent_mandate_invalid');
  });

  test('in the US is verified by the code that came with two small deposits', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: {
        account_number: '000222222227',
        routing_number: '110000000',
        account_holder_type: 'individual',
      },
      billing_details: { name: 'Ada Lovelace' },
    });
    const { customer, setup } = await saveAccount(method.id);
    expect(setup).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'verify_with_microdeposits' },
      latest_attempt: { status: 'requires_action' },
    });
    const attached = stripe.paymentMethods.attach(method.id, { customer });
    expect((await refusal(attached)).code).toBe('bank_account_unverified');
    const wrong = await refusal(
      stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [1, 2] }),
    );
    expect(wrong.code).toBe('payment_method_microdeposit_verification_amounts_mismatch');
    const verified = await stripe.setupIntents.verifyMicrodeposits(setup.id, {
      descriptor_code: 'SM11AA',
    });
    expect(verified.status).toBe('succeeded');
    const attempts = await stripe.setupAttempts.list({ setup_intent: setup.id });
    expect(attempts.data.map(({ status }) => status)).toEqual(['succeeded']);
    const intent = await debit(stripe, method.id, { currency: 'usd', customer });
    await moveClock(opened, 21);
    const failed = await stripe.paymentIntents.retrieve(intent.id);
    expect(failed.last_payment_error?.code).toBe('insufficient_funds');
  });

  test.each([
    [{ amounts: [10, 11] }, 'payment_method_microdeposit_verification_attempts_exceeded'],
    [{ descriptor_code: 'SM44DD' }, 'payment_method_microdeposit_verification_timeout'],
  ])('cannot be verified any more after %o', async (given, code) => {
    const method = await stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: { account_number: '000123456789', routing_number: '110000000' },
      billing_details: { name: 'Ada Lovelace' },
    });
    const { setup } = await saveAccount(method.id);
    const error = await refusal(stripe.setupIntents.verifyMicrodeposits(setup.id, given));
    expect(error).toMatchObject({ statusCode: 400, code });
    const after = await stripe.setupIntents.retrieve(setup.id);
    expect(after).toMatchObject({ status: 'requires_payment_method', last_setup_error: { code } });
  });

  test('of pm_usBankAccount_success needs no deposits', async () => {
    const intent = await debit(stripe, 'pm_usBankAccount_success', { currency: 'usd' });
    expect(intent.status).toBe('processing');
    await moveClock(opened, 21);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  test('of Australia is closed, and the debit comes back after three minutes', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'au_becs_debit',
      au_becs_debit: { bsb_number: '000-000', account_number: '111111113' },
      billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
    });
    const intent = await debit(stripe, method.id, { currency: 'aud' });
    await moveClock(opened, 181);
    const failed = await stripe.paymentIntents.retrieve(intent.id);
    expect(failed.last_payment_error?.code).toBe('account_closed');
  });
});
