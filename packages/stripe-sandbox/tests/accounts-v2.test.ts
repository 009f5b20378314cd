import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Stripe from 'stripe';
import { openSandbox, pressCheckoutButton, refusal } from './open-sandbox.ts';
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

const asCustomer: Stripe.V2.Core.AccountCreateParams = {
  contact_email: 'ada@example.com',
  display_name: 'Ada Lovelace',
  configuration: { customer: {} },
};

describe('an account of the v2 API', () => {
  test('shows what is asked for with include, and null for the rest', async () => {
    const plain = await stripe.v2.core.accounts.create({
      ...asCustomer,
      identity: { country: 'gb', entity_type: 'individual' },
      metadata: { plan: 'gold' },
    });
    expect(plain).toMatchObject({
      object: 'v2.core.account',
      applied_configurations: ['customer'],
      closed: false,
      configuration: null,
      identity: null,
      metadata: { plan: 'gold' },
    });
    expect(plain.id).toMatch(/^acct_/);
    expect(Date.parse(plain.created)).toBeGreaterThan(0);
    const full = await stripe.v2.core.accounts.retrieve(plain.id, {
      include: ['configuration.customer', 'identity'],
    });
    expect(full).toMatchObject({
      configuration: { customer: { applied: true }, merchant: null },
      identity: { country: 'gb', entity_type: 'individual' },
      defaults: null,
    });
  });

  test('is updated by merging, and closed for good', async () => {
    const { id } = await stripe.v2.core.accounts.create({
      ...asCustomer,
      metadata: { a: '1', b: '2' },
    });
    const changed = await stripe.v2.core.accounts.update(id, {
      display_name: 'Countess',
      metadata: { a: null, c: '3' } as unknown as Stripe.MetadataParam,
      configuration: { customer: { shipping: { name: 'Ada' } } },
      include: ['configuration.customer'],
    });
    expect(changed).toMatchObject({
      display_name: 'Countess',
      contact_email: 'ada@example.com',
      metadata: { b: '2', c: '3' },
      configuration: { customer: { shipping: { name: 'Ada' } } },
    });
    expect(changed.metadata).not.toHaveProperty('a');
    const closed = await stripe.v2.core.accounts.close(id, {
      applied_configurations: ['customer'],
    });
    expect(closed).toMatchObject({ id, closed: true });
    expect((await stripe.v2.core.accounts.retrieve(id)).closed).toBe(true);
    expect((await refusal(stripe.v2.core.accounts.update(id, {}))).statusCode).toBe(400);
    const session = { customer_account: id, mode: 'setup', currency: 'usd' } as const;
    const refused = await refusal(
      stripe.checkout.sessions.create({ ...session, success_url: 'https://shop.example/done' }),
    );
    expect(refused).toMatchObject({ statusCode: 400, param: 'customer_account' });
  });

  test('lists in pages, both ways', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.unshift((await stripe.v2.core.accounts.create(asCustomer)).id);
    }
    const listed = await stripe.v2.core.accounts.list({ limit: 2 }).autoPagingToArray({ limit: 5 });
    expect(listed.map(({ id }) => id)).toEqual(made);
    const first = await stripe.v2.core.accounts.list({ limit: 2 });
    expect(first.previous_page_url).toBeNull();
    const second = await opened.call(first.next_page_url ?? '');
    expect(second.body.data).toMatchObject([{ id: made[2] }, { id: made[3] }]);
    const back = await opened.call(String(second.body.previous_page_url));
    expect(back.body.data).toMatchObject([{ id: made[0] }, { id: made[1] }]);
    expect(back.body.previous_page_url).toBeNull();
  });

  test('pays and saves as customer_account wherever a customer could', async () => {
    const { id } = await stripe.v2.core.accounts.create(asCustomer);
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer_account: id });
    expect(method).toMatchObject({ customer: null, customer_account: id });
    const listed = await stripe.paymentMethods.list({ customer_account: id });
    expect(listed.data.map((one) => one.id)).toEqual([method.id]);
    const paid = await stripe.paymentIntents.create({
      amount: 1200,
      currency: 'usd',
      customer_account: id,
      payment_method: method.id,
      off_session: true,
      confirm: true,
    });
    expect(paid).toMatchObject({ status: 'succeeded', customer: null, customer_account: id });
    const both = { customer: 'cus_1', customer_account: id };
    expect((await refusal(stripe.setupIntents.create(both))).code).toBe('parameters_exclusive');
    expect((await refusal(stripe.customers.retrieve(id))).statusCode).toBe(404);
    const updated = await stripe.v2.core.accounts.update(id, {
      configuration: { customer: { billing: { default_payment_method: method.id } } },
      include: ['configuration.customer'],
    });
    expect(updated.configuration?.customer?.billing?.default_payment_method).toBe(method.id);
  });

  test('saves a card in Checkout, and what belongs to it is found by it', async () => {
    const { id } = await stripe.v2.core.accounts.create(asCustomer);
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer_account: id,
      success_url: 'https://shop.example/done',
    });
    expect(session).toMatchObject({ customer: null, customer_account: id });
    const pressed = await pressCheckoutButton(opened, session, '4242424242424242');
    expect(pressed.body).toMatchObject({ status: 'complete' });
    const [method] = (await stripe.paymentMethods.list({ customer_account: id })).data;
    expect(method).toMatchObject({ customer: null, customer_account: id });
    const [intent] = (await stripe.setupIntents.list({ customer_account: id })).data;
    expect(intent).toMatchObject({ status: 'succeeded', payment_method: method?.id });
    const [attempt] = (await stripe.setupAttempts.list({ setup_intent: intent?.id ?? '' })).data;
    expect(attempt).toMatchObject({ customer: null, customer_account: id });
    const sessions = await stripe.checkout.sessions.list({ customer_account: id });
    expect(sessions.data.map((one) => one.id)).toEqual([session.id]);
    const paid = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer_account: id,
      payment_method: method?.id ?? '',
      off_session: true,
      confirm: true,
    });
    const intents = await stripe.paymentIntents.list({ customer_account: id });
    expect(intents.data.map((one) => one.id)).toEqual([paid.id]);
    const refund = await stripe.refunds.create({ payment_intent: paid.id });
    expect(refund).toMatchObject({ customer: null, customer_account: id });
    const components = { payment_element: { enabled: true } };
    const browser = await stripe.customerSessions.create({ customer_account: id, components });
    expect(browser).toMatchObject({ customer: null, customer_account: id });
    const portal = await stripe.billingPortal.sessions.create({ customer_account: id });
    expect(portal).toMatchObject({ customer: null, customer_account: id });
  });

  test('without the customer configuration cannot be a customer_account', async () => {
    const { id } = await stripe.v2.core.accounts.create({ display_name: 'Nobody yet' });
    const refused = await refusal(stripe.setupIntents.create({ customer_account: id }));
    expect(refused).toMatchObject({ statusCode: 400, param: 'customer_account' });
  });
});

describe('the v2 API', () => {
  test('writes errors with a code, and no param', async () => {
    const accounts = stripe.v2.core.accounts;
    const missing = await refusal(accounts.retrieve('acct_none'));
    expect(missing).toMatchObject({ statusCode: 404, code: 'not_found', param: undefined });
    const unknown = await opened.call('/v2/core/accounts', {
      method: 'POST',
      body: JSON.stringify({ shoe_size: 43 }),
      headers: { 'content-type': 'application/json' },
    });
    expect(unknown).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
    const email = await refusal(accounts.create({ contact_email: 'nonsense' }));
    expect(email).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(email.code).toBe('invalid_fields');
  });

  test('keeps the answer of a key, and refuses the key for another request', async () => {
    const options = { idempotencyKey: 'ada-account' };
    const first = await stripe.v2.core.accounts.create(asCustomer, options);
    const again = await stripe.v2.core.accounts.create(asCustomer, options);
    expect(again.id).toBe(first.id);
    const other = await refusal(stripe.v2.core.accounts.create({ display_name: 'Eve' }, options));
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  test.each(['2026-05-27.preview', '2026-08-26.dahlia', '2026-10-28.endive'])(
    'answers version %s and a Stripe-Context',
    async (version) => {
      const answer = await opened.call('/v2/core/accounts?limit=1', {
        headers: { 'stripe-version': version, 'stripe-context': 'acct_context' },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('stripe-version')).toBe(version);
    },
  );
});
