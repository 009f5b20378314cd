import type Stripe from 'stripe';
import { all, allOfEach } from './calls.ts';
import type { Calls } from './calls.ts';

const acceptance = {
  type: 'online' as const,
  online: { ip_address: '127.0.0.1', user_agent: 'a browser' },
};
const DETAILS = {
  sepa_debit: { iban: 'AT611904300234573201' },
  us_bank_account: {
    account_holder_type: 'individual',
    account_number: '000123456789',
    routing_number: '110000000',
  },
} as const;

type Debit = keyof typeof DETAILS;

/** What sets up or confirms an intent with a new bank debit of a new customer. */
async function askWithDebit(stripe: Stripe, type: Debit) {
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const method = await stripe.paymentMethods.create({
    type,
    [type]: DETAILS[type],
    billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
  });
  return {
    customer: customer.id,
    payment_method: method.id,
    allowed_payment_method_types: [type],
    confirm: true,
    mandate_data: { customer_acceptance: acceptance },
    return_url: 'https://example.com',
  };
}

async function payByDebit(stripe: Stripe, type: Debit, currency: string): Promise<void> {
  const asked = await askWithDebit(stripe, type);
  const setup = await stripe.setupIntents.create({ ...asked, ...all('setup_intent') });
  const mandate = setup.mandate as Stripe.Mandate | null;
  if (mandate) await stripe.mandates.retrieve(mandate.id, all('mandate'));
  await stripe.setupAttempts.list({ setup_intent: setup.id, ...allOfEach('setup_attempt') });
  const paid = await stripe.paymentIntents.create({
    ...asked,
    amount: 1099,
    currency,
    ...all('payment_intent'),
  });
  const charge = paid.latest_charge as Stripe.Charge | null;
  if (charge) await stripe.charges.retrieve(charge.id, all('charge'));
}

export const DEBIT_CALLS: Calls = {
  'a SEPA debit with its mandate': (stripe) => payByDebit(stripe, 'sepa_debit', 'eur'),
  'a US bank account with its mandate': (stripe) => payByDebit(stripe, 'us_bank_account', 'usd'),

  'micro-deposits': async (stripe) => {
    const asked = {
      payment_method_options: {
        us_bank_account: { verification_method: 'microdeposits' as const },
      },
    };
    const setup = await stripe.setupIntents.create({
      ...(await askWithDebit(stripe, 'us_bank_account')),
      ...asked,
      ...all('setup_intent'),
    });
    const payment = await stripe.paymentIntents.create({
      ...(await askWithDebit(stripe, 'us_bank_account')),
      ...asked,
      amount: 1099,
      currency: 'usd',
      ...all('payment_intent'),
    });
    await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
    await stripe.paymentIntents.verifyMicrodeposits(payment.id, { amounts: [32, 45] });
  },
};
