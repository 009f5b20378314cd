import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from '../open-sandbox.ts';
import { eventsAbout, idOf, latestCharge, newCustomer } from './make-objects.ts';
import { BANK_TIMEOUT, MARK, passTime, stripe, until } from './open-stripe.ts';

const HOUR = 3600;
const billing_details = { name: 'Ada Lovelace', email: 'ada@example.com' };
const mandate_data = {
  customer_acceptance: {
    type: 'online' as const,
    online: { ip_address: '203.0.113.7', user_agent: 'A browser' },
  },
};
const NO_REDIRECTS = {
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
} as const;
const SUCCEEDS = 'AT611904300234573201';
const FAILS = 'AT861904300235473202';

async function sepa(iban: string): Promise<string> {
  const method = await stripe.paymentMethods.create({
    type: 'sepa_debit',
    sepa_debit: { iban },
    billing_details,
  });
  return method.id;
}

async function debit(
  iban: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 1099,
    currency: 'eur',
    allowed_payment_method_types: ['sepa_debit'],
    ...NO_REDIRECTS,
    payment_method: await sepa(iban),
    confirm: true,
    mandate_data,
    metadata: MARK,
    ...more,
  });
}

async function intentIn(status: string, id: string): Promise<Stripe.PaymentIntent> {
  return until(async () => {
    const intent = await stripe.paymentIntents.retrieve(id);
    return intent.status === status ? intent : undefined;
  });
}

describe('a SEPA debit', () => {
  test('shows the last four digits of its account, never all', async () => {
    const method = await stripe.paymentMethods.retrieve(await sepa(SUCCEEDS));
    expect(method).toMatchObject({
      type: 'sepa_debit',
      sepa_debit: { last4: '3201', country: 'AT' },
      billing_details,
    });
    expect(JSON.stringify(method)).not.toContain('19043002345732');
  });

  test(
    'is submitted first and paid later, under a mandate',
    async () => {
      const submitted = await debit(SUCCEEDS);
      expect(submitted).toMatchObject({ status: 'processing', amount_received: 0 });
      const charge = await latestCharge(submitted);
      expect(charge).toMatchObject({ status: 'pending', paid: false });
      const mandate = await stripe.mandates.retrieve(
        idOf(charge.payment_method_details?.sepa_debit?.mandate),
      );
      expect(mandate).toMatchObject({
        object: 'mandate',
        status: 'active',
        payment_method: submitted.payment_method,
        customer_acceptance: { type: 'online', online: { ip_address: '203.0.113.7' } },
        payment_method_details: { type: 'sepa_debit' },
      });
      await eventsAbout(submitted.id, ['payment_intent.processing']);
      await eventsAbout(charge.id, ['charge.pending']);
      await passTime(HOUR);
      expect(await intentIn('succeeded', submitted.id)).toMatchObject({ amount_received: 1099 });
      await eventsAbout(submitted.id, ['payment_intent.succeeded']);
      await eventsAbout(charge.id, ['charge.succeeded']);
    },
    BANK_TIMEOUT,
  );

  test(
    'that the bank refuses leaves the intent waiting for another method',
    async () => {
      const submitted = await debit(FAILS);
      expect(submitted.status).toBe('processing');
      await passTime(HOUR);
      const failed = await intentIn('requires_payment_method', submitted.id);
      expect(failed.last_payment_error?.code).toBe('payment_intent_payment_attempt_failed');
      expect((await latestCharge(failed)).status).toBe('failed');
      await eventsAbout(failed.id, ['payment_intent.payment_failed']);
    },
    BANK_TIMEOUT,
  );

  test('without a mandate is refused, and leaves an intent that requires confirmation', async () => {
    const customer = await newCustomer();
    const error = await refusal(
      stripe.paymentIntents.create({
        amount: 1099,
        currency: 'eur',
        customer,
        allowed_payment_method_types: ['sepa_debit'],
        ...NO_REDIRECTS,
        payment_method: await sepa(SUCCEEDS),
        confirm: true,
        metadata: MARK,
      }),
    );
    expect(error.statusCode).toBe(400);
    expect(error.payment_intent?.status).toBe('requires_confirmation');
  });

  test(
    'can be set up first and charged off-session later',
    async () => {
      const customer = await newCustomer();
      const setup = await stripe.setupIntents.create({
        customer,
        allowed_payment_method_types: ['sepa_debit'],
        ...NO_REDIRECTS,
        payment_method: await sepa(SUCCEEDS),
        confirm: true,
        mandate_data,
        metadata: MARK,
      });
      expect(setup.status).toBe('succeeded');
      expect(idOf(setup.mandate)).toMatch(/^mandate_/);
      const charged = await stripe.paymentIntents.create({
        amount: 1099,
        currency: 'eur',
        customer,
        allowed_payment_method_types: ['sepa_debit'],
        ...NO_REDIRECTS,
        payment_method: idOf(setup.payment_method),
        off_session: true,
        confirm: true,
        metadata: MARK,
      });
      expect(charged.status).toBe('processing');
      await passTime(HOUR);
      await intentIn('succeeded', charged.id);
    },
    BANK_TIMEOUT,
  );
});

describe('a BECS debit', () => {
  const becs = async (account_number: string): Promise<Stripe.PaymentIntent> =>
    stripe.paymentIntents.create({
      amount: 1099,
      currency: 'aud',
      allowed_payment_method_types: ['au_becs_debit'],
      ...NO_REDIRECTS,
      payment_method_data: {
        type: 'au_becs_debit',
        au_becs_debit: { bsb_number: '000000', account_number },
        billing_details,
      },
      confirm: true,
      mandate_data,
      metadata: MARK,
    });

  test.each([
    ['900123456', 'succeeded'],
    ['111111113', 'requires_payment_method'],
  ])(
    'of account %s ends in %s',
    async (account_number, status) => {
      const submitted = await becs(account_number);
      expect(submitted.status).toBe('processing');
      await passTime(HOUR);
      const ended = await intentIn(status, submitted.id);
      if (status !== 'succeeded') {
        expect((await latestCharge(ended)).failure_code).toBe('account_closed');
      }
    },
    BANK_TIMEOUT + 100_000,
  );
});

describe('a US bank account', () => {
  const setUp = async (account_number = '000123456789'): Promise<Stripe.SetupIntent> =>
    stripe.setupIntents.create({
      customer: await newCustomer(),
      allowed_payment_method_types: ['us_bank_account'],
      ...NO_REDIRECTS,
      payment_method_data: {
        type: 'us_bank_account',
        us_bank_account: {
          routing_number: '110000000',
          account_number,
          account_holder_type: 'individual',
        },
        billing_details,
      },
      payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
      confirm: true,
      mandate_data,
      metadata: MARK,
    });

  test('is verified by the amounts of two small deposits', async () => {
    const setup = await setUp();
    expect(setup).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'verify_with_microdeposits' },
    });
    const verified = await stripe.setupIntents.verifyMicrodeposits(setup.id, {
      amounts: [32, 45],
    });
    expect(verified.status).toBe('succeeded');
  });

  test('is verified by the code of one', async () => {
    const verified = await stripe.setupIntents.verifyMicrodeposits((await setUp()).id, {
      descriptor_code: 'SM11AA',
    });
    expect(verified.status).toBe('succeeded');
  });

  test('is not set up by wrong amounts', async () => {
    const setup = await setUp();
    const error = await refusal(
      stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [10, 11] }),
    );
    expect(error.statusCode).toBe(400);
    expect((await stripe.setupIntents.retrieve(setup.id)).status).not.toBe('succeeded');
  });
});

test('an unknown mandate is a 404', async () => {
  const error = await refusal(stripe.mandates.retrieve('mandate_none'));
  expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});
