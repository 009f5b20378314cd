import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from '../open-sandbox.ts';
import {
  completeCheckout,
  newCustomer,
  newIntent,
  newSetup,
  setupSession,
} from './make-objects.ts';
import { MARK, ask, believed, secretKey, send, stripe } from './open-stripe.ts';

async function newAccount(): Promise<string> {
  const account = await stripe.v2.core.accounts.create({
    contact_email: 'ada@example.com',
    display_name: 'Ada Lovelace',
    configuration: { customer: {} },
    metadata: MARK,
  });
  return account.id;
}

describe('an account of the second API', () => {
  test('is made from JSON and can be a customer', async () => {
    const account = await stripe.v2.core.accounts.create({
      contact_email: 'ada@example.com',
      display_name: 'Ada Lovelace',
      configuration: { customer: {} },
      include: ['configuration.customer'],
    });
    expect(account).toMatchObject({
      id: expect.stringMatching(/^acct_/) as string,
      object: 'v2.core.account',
      contact_email: 'ada@example.com',
      display_name: 'Ada Lovelace',
      livemode: false,
    });
    expect(account.configuration?.customer).toBeTruthy();
  });

  test('shows its configuration only to those who ask for it', async () => {
    const id = await newAccount();
    const bare = await stripe.v2.core.accounts.retrieve(id);
    expect(bare.configuration?.customer ?? null).toBeNull();
    const full = await stripe.v2.core.accounts.retrieve(id, {
      include: ['configuration.customer'],
    });
    expect(full.configuration?.customer).toBeTruthy();
  });

  test('can change its name', async () => {
    const id = await newAccount();
    const updated = await stripe.v2.core.accounts.update(id, { display_name: 'Countess' });
    expect(updated).toMatchObject({
      id,
      display_name: 'Countess',
      contact_email: 'ada@example.com',
    });
  });

  test('that is unknown is a 404 in the envelope', async () => {
    const error = await refusal(stripe.v2.core.accounts.retrieve('acct_none'));
    expect(error.statusCode).toBe(404);
  });

  believed('takes no form', async () => {
    const answer = await send('/v2/core/accounts', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        'stripe-version': '2026-10-28.endive',
      },
      body: 'display_name=Ada',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error).toBeDefined();
  });
});

describe('an account as a customer', () => {
  test('owns payment methods, with no customer on them', async () => {
    const customer_account = await newAccount();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer_account });
    expect(method).toMatchObject({ customer: null, customer_account });
    const { data } = await stripe.paymentMethods.list({ customer_account });
    expect(data.map(({ id }) => id)).toEqual([method.id]);
  });

  test('is charged off-session', async () => {
    const customer_account = await newAccount();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer_account });
    const paid = await newIntent({
      customer_account,
      payment_method: method.id,
      off_session: true,
      confirm: true,
    });
    expect(paid).toMatchObject({ status: 'succeeded', customer: null, customer_account });
    const { data } = await stripe.paymentIntents.list({ customer_account });
    expect(data.map(({ id }) => id)).toEqual([paid.id]);
  });

  test('saves a card with a SetupIntent and with Checkout', async () => {
    const customer_account = await newAccount();
    const setup = await newSetup({
      customer_account,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    expect(setup).toMatchObject({ status: 'succeeded', customer: null, customer_account });
    const session = await setupSession({ customer_account });
    expect(session).toMatchObject({ customer: null, customer_account });
    await completeCheckout(session);
    const { data } = await stripe.paymentMethods.list({ customer_account });
    expect(data).toHaveLength(2);
    const sessions = await stripe.checkout.sessions.list({ customer_account });
    expect(sessions.data.map(({ id }) => id)).toEqual([session.id]);
  });

  test('is not one at the same time as a customer', async () => {
    const both = { customer: await newCustomer(), customer_account: await newAccount() };
    for (const [path, more] of [
      ['/v1/payment_intents', { amount: 1099, currency: 'usd' }],
      ['/v1/setup_intents', {}],
      ['/v1/payment_methods/pm_card_visa/attach', {}],
    ] as const) {
      expect((await refusal(ask('POST', path, { ...both, ...more }))).statusCode).toBe(400);
    }
  });

  test('is no customer to the customers API', async () => {
    const id = await newAccount();
    const error = await refusal(stripe.customers.retrieve(id));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  test('that is unknown is refused', async () => {
    const params: Stripe.PaymentMethodAttachParams = { customer_account: 'acct_none' };
    const error = await refusal(stripe.paymentMethods.attach('pm_card_visa', params));
    expect(error).toMatchObject({ statusCode: 400, param: 'customer_account' });
  });
});
