import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { endChallenge } from './money.ts';
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

describe('a redirect', () => {
  const back = 'http://localhost:3000/back';

  async function startIdeal(): Promise<Stripe.PaymentIntent> {
    return stripe.paymentIntents.create({
      amount: 900,
      currency: 'eur',
      payment_method_data: { type: 'ideal', billing_details: { name: 'Ada Lovelace' } },
      confirm: true,
      return_url: back,
    });
  }

  test('sends the shopper away and succeeds when they complete it there', async () => {
    const intent = await startIdeal();
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: back } },
    });
    expect(intent.next_action?.redirect_to_url?.url).toContain(`/redirect/${intent.id}`);
    const location = await endChallenge(opened, intent.id, 'complete');
    expect(location).toContain('redirect_status=succeeded');
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(paid).toMatchObject({
      status: 'succeeded',
      latest_charge: { payment_method_details: { type: 'ideal' } },
    });
  });

  test('needs an address to come back to', async () => {
    const error = await refusal(
      stripe.paymentIntents.create({
        amount: 900,
        currency: 'eur',
        payment_method_data: { type: 'bancontact', billing_details: { name: 'Ada Lovelace' } },
        confirm: true,
        use_stripe_sdk: true,
      }),
    );
    expect(error).toMatchObject({ statusCode: 400, param: 'return_url' });
  });

  test('that is failed there leaves an intent that needs another method', async () => {
    const intent = await startIdeal();
    await endChallenge(opened, intent.id, 'fail');
    const failed = await stripe.paymentIntents.retrieve(intent.id);
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  test('that sets up leaves a bank account that can be debited later', async () => {
    const customer = await stripe.customers.create({});
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method_data: { type: 'ideal', billing_details: { name: 'Ada Lovelace' } },
      payment_method_options: {},
      automatic_payment_methods: { enabled: true },
      allowed_payment_method_types: ['ideal'],
      confirm: true,
      return_url: back,
    });
    expect(setup.status).toBe('requires_action');
    await endChallenge(opened, setup.id, 'complete');
    const { data } = await stripe.setupAttempts.list({ setup_intent: setup.id });
    const ideal = data[0]?.payment_method_details.ideal;
    expect(ideal?.iban_last4).toBe('5264');
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'eur',
      customer: customer.id,
      payment_method: ideal?.generated_sepa_debit as string,
      off_session: true,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    expect(intent.status).toBe('processing');
  });
});
