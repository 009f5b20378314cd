import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { idOf, latestCharge, newCustomer } from './make-objects.ts';
import { BANK_TIMEOUT, MARK, passTime, sandboxOnly, stripe, until } from './open-stripe.ts';

const billing_details = { name: 'Ada Lovelace', email: 'ada@example.com' };
const mandate_data = { customer_acceptance: { type: 'offline' as const } };
const common = {
  confirm: true,
  metadata: MARK,
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const },
};

const sepa = async (iban: string): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create({
    ...common,
    mandate_data,
    amount: 1099,
    currency: 'eur',
    allowed_payment_method_types: ['sepa_debit'],
    payment_method_data: { type: 'sepa_debit', sepa_debit: { iban }, billing_details },
  });

/** A US bank account that its owner has verified by two small deposits, charged once. */
async function ach(account_number: string): Promise<Stripe.PaymentIntent> {
  const customer = await newCustomer();
  const setup = await stripe.setupIntents.create({
    ...common,
    mandate_data,
    customer,
    allowed_payment_method_types: ['us_bank_account'],
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
  });
  await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
  return stripe.paymentIntents.create({
    ...common,
    amount: 1099,
    currency: 'usd',
    customer,
    allowed_payment_method_types: ['us_bank_account'],
    payment_method: idOf(setup.payment_method),
    off_session: true,
  });
}

async function ended(intent: Stripe.PaymentIntent): Promise<Stripe.PaymentIntent> {
  expect(intent.status).toBe('processing');
  await passTime(4 * 3600);
  return until(async () => {
    const now = await stripe.paymentIntents.retrieve(intent.id);
    return now.status === 'processing' ? undefined : now;
  });
}

describe('a SEPA test account', () => {
  const ibans: [string, string][] = [
    ['AT611904300234573201', 'succeeded'],
    ['AT321904300235473204', 'succeeded'],
    ['AT861904300235473202', 'requires_payment_method'],
    ['AT051904300235473205', 'requires_payment_method'],
    ['AT591904300235473203', 'succeeded'],
    ['AT981904300000343434', 'requires_payment_method'],
    ['AT601904300000121212', 'requires_payment_method'],
    ['AT981904300002222227', 'requires_payment_method'],
    ['DE89370400440532013000', 'succeeded'],
    ['DE62370400440532013001', 'requires_payment_method'],
    ['FR1420041010050500013M02606', 'succeeded'],
  ];
  test.each(ibans)(
    '%s ends in %s',
    async (iban, status) => {
      expect((await ended(await sepa(iban))).status).toBe(status);
    },
    BANK_TIMEOUT,
  );

  const codes: [string, string][] = [
    ['AT981904300000343434', 'charge_exceeds_source_limit'],
    ['AT601904300000121212', 'charge_exceeds_weekly_limit'],
    ['AT981904300002222227', 'insufficient_funds'],
  ];
  test.each(codes)(
    '%s fails with %s',
    async (iban, code) => {
      const failed = await ended(await sepa(iban));
      expect((await latestCharge(failed)).failure_code).toBe(code);
    },
    BANK_TIMEOUT,
  );

  test(
    '…3203 succeeds and is then disputed',
    async () => {
      const paid = await ended(await sepa('AT591904300235473203'));
      await passTime(3600);
      await until(async () => {
        const { data } = await stripe.disputes.list({ payment_intent: paid.id });
        return data[0];
      });
    },
    BANK_TIMEOUT,
  );

  const moves = sandboxOnly('moves the clock by minutes');
  for (const iban of ['AT321904300235473204', 'AT051904300235473205']) {
    moves(`${iban} takes three minutes at least`, async () => {
      const submitted = await sepa(iban);
      await passTime(150);
      expect((await stripe.paymentIntents.retrieve(submitted.id)).status).toBe('processing');
    });
  }

  test.each(['AT611904300234573202', 'nonsense', 'XX00', ''])('%j is no account', async (iban) => {
    await expect(sepa(iban)).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('a US test account', () => {
  const accounts: [string, string][] = [
    ['000111111113', 'account_closed'],
    ['000111111116', 'no_account'],
    ['000222222227', 'insufficient_funds'],
    ['000333333335', 'debit_not_authorized'],
    ['000444444440', 'invalid_currency'],
  ];
  test.each(accounts)(
    '%s fails with %s',
    async (account, code) => {
      const failed = await ended(await ach(account));
      expect(failed.status).toBe('requires_payment_method');
      expect((await latestCharge(failed)).failure_code).toBe(code);
    },
    BANK_TIMEOUT,
  );

  test(
    '000123456789 pays',
    async () => {
      expect((await ended(await ach('000123456789'))).status).toBe('succeeded');
    },
    BANK_TIMEOUT,
  );

  sandboxOnly('moves the clock by days')('000000000009 never answers', async () => {
    const submitted = await ach('000000000009');
    await passTime(5 * 86_400);
    expect((await stripe.paymentIntents.retrieve(submitted.id)).status).toBe('processing');
  });
});

describe('the template of a bank account', () => {
  test.each([
    ['pm_success_at', 'sepa_debit'],
    ['pm_success_de', 'sepa_debit'],
    ['pm_failed_at', 'sepa_debit'],
    ['pm_usBankAccount_success', 'us_bank_account'],
  ])('%s is a %s', async (template, type) => {
    const method = await stripe.paymentMethods.retrieve(template);
    expect(method.type).toBe(type);
    expect(method.id).not.toBe(template);
  });
});
