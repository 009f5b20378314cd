import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOffSession,
  eventsAbout,
  idOf,
  newCustomer,
  newIntent,
  newSetup,
  saveCard,
} from './make-objects.ts';
import { ask, believed, openStripe, sandboxOnly, secretKey, send, stripe } from './open-stripe.ts';

describe('a saved method', () => {
  test('that is detached before its intent is confirmed is not charged', async () => {
    const saved = await saveCard();
    const intent = await newIntent(saved);
    await stripe.paymentMethods.detach(saved.payment_method);
    const error = await refusal(stripe.paymentIntents.confirm(intent.id));
    expect(error.statusCode).toBe(400);
    expect((await stripe.paymentIntents.retrieve(intent.id)).amount_received).toBe(0);
  });

  believed('of a deleted customer is not charged', async () => {
    const saved = await saveCard();
    await stripe.customers.del(saved.customer);
    const error = await refusal(chargeOffSession(saved));
    expect(error).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'customer' });
  });

  test('can pay many times', async () => {
    const saved = await saveCard();
    for (const amount of [100, 200, 300]) {
      expect((await chargeOffSession(saved, { amount })).amount_received).toBe(amount);
    }
    const { data } = await stripe.charges.list({ customer: saved.customer });
    expect(data.map(({ amount }) => amount)).toEqual([300, 200, 100]);
  });

  test('keeps its id when a second SetupIntent sets it up again', async () => {
    const saved = await saveCard();
    const setup = await newSetup({ ...saved, confirm: true });
    expect(setup).toMatchObject({ status: 'succeeded', payment_method: saved.payment_method });
  });
});

describe('a raw card number with a secret key', () => {
  const payment_method_data = {
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' },
  };
  const cases: [string, object][] = [
    ['/v1/payment_intents', { amount: 1099, currency: 'usd', confirm: true }],
    ['/v1/setup_intents', { confirm: true }],
  ];
  test.each(cases)('is refused at %s, too', async (path, params) => {
    const no_redirects = { enabled: true, allow_redirects: 'never' };
    const error = await refusal(
      ask('POST', path, {
        ...params,
        automatic_payment_methods: no_redirects,
        payment_method_data,
      }),
    );
    expect(error).toMatchObject({ rawType: 'invalid_request_error' });
    expect(JSON.stringify(error.raw)).not.toContain('4242424242424242');
  });
});

describe('a refused creation', () => {
  test('for its parameters leaves nothing behind', async () => {
    const customer = await newCustomer();
    await refusal(newIntent({ customer, payment_method: 'pm_none', confirm: true }));
    await refusal(newIntent({ customer, amount: 1 }));
    expect((await stripe.paymentIntents.list({ customer })).data).toEqual([]);
  });

  test('by the bank leaves an intent that only the refusal names', async () => {
    const saved = await saveCard('pm_card_chargeCustomerFail');
    const error = await refusal(chargeOffSession(saved));
    const { data } = await stripe.paymentIntents.list({ customer: saved.customer });
    expect(data.map(({ id }) => id)).toEqual([error.payment_intent?.id]);
  });
});

describe('reading', () => {
  test('a list needs its filters to be of their kind', async () => {
    const cases = [
      'created=abc',
      'created[gt]=abc',
      'created[around]=1',
      'expand=customer',
      'customer=',
    ];
    for (const query of cases) {
      const answer = await send(`/v1/payment_intents?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
  });

  test('charges by their intent and customer', async () => {
    const saved = await saveCard();
    const one = await chargeOffSession(saved);
    await chargeOffSession(saved);
    const { data } = await stripe.charges.list({ payment_intent: one.id });
    expect(data.map(({ id }) => id)).toEqual([idOf(one.latest_charge)]);
    const all = await stripe.charges.list({ customer: saved.customer });
    expect(all.data).toHaveLength(2);
    expect(all.url).toBe('/v1/charges');
  });

  test.each([
    ['/v1/payment_intents/pi_none', 'payment_intent'],
    ['/v1/setup_intents/seti_none', 'setupintent'],
    ['/v1/charges/ch_none', 'charge'],
    ['/v1/refunds/re_none', 'refund'],
    ['/v1/checkout/sessions/cs_test_none', 'checkout'],
    ['/v1/payment_methods/pm_none', 'PaymentMethod'],
    ['/v1/webhook_endpoints/we_none', 'webhook'],
    ['/v1/products/prod_none', 'product'],
    ['/v1/prices/price_none', 'price'],
    ['/v1/disputes/du_none', 'dispute'],
  ])('%s, which is not there, is a 404', async (path) => {
    const answer = await send(path);
    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatchObject({
      type: 'invalid_request_error',
      code: 'resource_missing',
    });
    expect(String(answer.body.error?.message)).toContain(`'${path.split('/').at(-1) ?? ''}'`);
  });
});

describe('what an update event says of before', () => {
  test('is what changed, and nothing else', async () => {
    const { payment_method } = await saveCard();
    await stripe.paymentMethods.update(payment_method, { allow_redisplay: 'always' });
    const [event] = await eventsAbout(payment_method, ['payment_method.updated']);
    expect(event?.data.previous_attributes).toEqual({ allow_redisplay: 'unspecified' });
  });
});

sandboxOnly('has more than one account')(
  'the objects of one account are unknown to another, and so are its idempotency keys',
  async () => {
    const other = openStripe(`${secretKey}other`);
    const idempotencyKey = 'contract-two-accounts';
    const mine = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    const theirs = await other.customers.create({ name: 'Bob' }, { idempotencyKey });
    expect(theirs.id).not.toBe(mine.id);
    const error = await refusal(other.customers.retrieve(mine.id));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    const attach = await refusal(
      other.paymentMethods.attach('pm_card_visa', { customer: mine.id }),
    );
    expect(attach.code).toBe('resource_missing');
    const { data } = await other.customers.list();
    expect(data.map(({ id }) => id)).toEqual([theirs.id]);
  },
);
