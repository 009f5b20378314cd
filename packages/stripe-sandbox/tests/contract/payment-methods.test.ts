import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import {
  chargeOnSession,
  chargeOffSession,
  eventsAbout,
  idOf,
  newCustomer,
  newIntent,
  saveCard,
} from './make-objects.ts';
import { ask, believed, stripe } from './open-stripe.ts';

describe('a card', () => {
  test('made from a token belongs to nobody and may not be redisplayed unasked', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
    });
    expect(method).toMatchObject({
      id: expect.stringMatching(/^pm_/) as string,
      object: 'payment_method',
      type: 'card',
      customer: null,
      allow_redisplay: 'unspecified',
      livemode: false,
      card: { brand: 'visa', last4: '4242', funding: 'credit', wallet: null },
    });
  });

  test('cannot be made from a raw number with a secret key', async () => {
    const card = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };
    const error = await refusal(stripe.paymentMethods.create({ type: 'card', card }));
    expect(error).toMatchObject({ statusCode: 402, rawType: 'invalid_request_error' });
    expect(error.message).toContain('Sending credit card numbers directly to the Stripe API');
  });

  test('behind a template becomes a new payment method each time it is attached', async () => {
    const saved = await saveCard();
    expect(saved.payment_method).toMatch(/^pm_(?!card_)/);
    const again = await stripe.paymentMethods.attach('pm_card_visa', { customer: saved.customer });
    expect(again.id).not.toBe(saved.payment_method);
    expect(again.customer).toBe(saved.customer);
  });

  believed('has the fingerprint of its number, whoever saved it', async () => {
    const prints = await Promise.all(
      ['pm_card_visa', 'pm_card_visa', 'pm_card_mastercard'].map(async (template) => {
        const { payment_method } = await saveCard(template);
        return (await stripe.paymentMethods.retrieve(payment_method)).card?.fingerprint;
      }),
    );
    expect(prints[0]).toBe(prints[1]);
    expect(prints[0]).not.toBe(prints[2]);
  });

  test.each([
    ['pm_card_mastercard', { brand: 'mastercard', last4: '4444' }],
    ['pm_card_amex', { brand: 'amex', last4: '0005' }],
    ['pm_card_visa_debit', { brand: 'visa', funding: 'debit' }],
    ['pm_card_discover', { brand: 'discover' }],
    ['pm_card_diners', { brand: 'diners' }],
    ['pm_card_jcb', { brand: 'jcb' }],
    ['pm_card_unionpay', { brand: 'unionpay' }],
  ])('%s reads as such', async (template, card) => {
    const { payment_method } = await saveCard(template);
    expect((await stripe.paymentMethods.retrieve(payment_method)).card).toMatchObject(card);
  });
});

describe('attaching a payment method', () => {
  test('sets its customer and says so', async () => {
    const saved = await saveCard();
    const method = await stripe.paymentMethods.retrieve(saved.payment_method);
    expect(method.customer).toBe(saved.customer);
    await eventsAbout(method.id, ['payment_method.attached']);
  });

  test("makes it nobody's default", async () => {
    const saved = await saveCard();
    const customer = await stripe.customers.retrieve(saved.customer);
    expect('deleted' in customer ? undefined : customer.invoice_settings).toMatchObject({
      default_payment_method: null,
    });
  });

  test('is refused once it belongs to another customer', async () => {
    const saved = await saveCard();
    const customer = await newCustomer();
    const error = await refusal(stripe.paymentMethods.attach(saved.payment_method, { customer }));
    expect(error.statusCode).toBe(400);
    expect(error.message).toContain('already been attached to a customer');
  });

  test('is refused for an unknown one', async () => {
    const customer = await newCustomer();
    const error = await refusal(stripe.paymentMethods.attach('pm_none', { customer }));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  believed('needs a customer or an account', async () => {
    const error = await refusal(ask('POST', '/v1/payment_methods/pm_card_visa/attach'));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
  });

  test.each(['pm_card_visa_chargeDeclined', 'pm_card_visa_chargeDeclinedInsufficientFunds'])(
    'of %s is declined by the bank',
    async (template) => {
      const customer = await newCustomer();
      const error = await refusal(stripe.paymentMethods.attach(template, { customer }));
      expect(error).toMatchObject({
        statusCode: 402,
        rawType: 'card_error',
        code: 'card_declined',
      });
      expect((await stripe.paymentMethods.list({ customer })).data).toEqual([]);
    },
  );

  test('goes well for a card that fails only when it is charged', async () => {
    expect((await saveCard('pm_card_chargeCustomerFail')).payment_method).toMatch(/^pm_/);
  });
});

describe('detaching a payment method', () => {
  test('takes the customer off it and says so', async () => {
    const { payment_method } = await saveCard();
    expect((await stripe.paymentMethods.detach(payment_method)).customer).toBeNull();
    await eventsAbout(payment_method, ['payment_method.detached']);
  });

  test('cannot be done twice, nor undone; neither refusal has a code', async () => {
    const saved = await saveCard();
    await stripe.paymentMethods.detach(saved.payment_method);
    const twice = await refusal(stripe.paymentMethods.detach(saved.payment_method));
    const undo = await refusal(
      stripe.paymentMethods.attach(saved.payment_method, { customer: saved.customer }),
    );
    for (const error of [twice, undo]) {
      expect({ status: error.statusCode, code: error.code }).toEqual({
        status: 400,
        code: undefined,
      });
    }
  });

  test("takes it off its customer's list, and a look under the customer is a 404", async () => {
    const saved = await saveCard();
    await stripe.paymentMethods.detach(saved.payment_method);
    expect((await stripe.paymentMethods.list({ customer: saved.customer })).data).toEqual([]);
    const error = await refusal(
      stripe.customers.retrievePaymentMethod(saved.customer, saved.payment_method),
    );
    expect(error).toMatchObject({ statusCode: 404, param: 'customer' });
  });

  test('ends all charging of it', async () => {
    const saved = await saveCard();
    await stripe.paymentMethods.detach(saved.payment_method);
    const error = await refusal(chargeOffSession(saved));
    expect(error.statusCode).toBe(400);
    expect(error.message).toContain('may not be used again');
  });
});

describe('updating a payment method', () => {
  test('changes who may see it again, its expiry and its billing details', async () => {
    const { payment_method } = await saveCard();
    const updated = await stripe.paymentMethods.update(payment_method, {
      allow_redisplay: 'always',
      card: { exp_month: 11, exp_year: 2039 },
      billing_details: { name: 'Ada Lovelace' },
      metadata: { note: '1' },
    });
    expect(updated).toMatchObject({
      allow_redisplay: 'always',
      card: { exp_month: 11, exp_year: 2039 },
      billing_details: { name: 'Ada Lovelace' },
      metadata: { note: '1' },
    });
    await eventsAbout(payment_method, ['payment_method.updated']);
  });

  test('is refused while it is attached to nobody', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
    });
    const error = await refusal(
      stripe.paymentMethods.update(method.id, { allow_redisplay: 'always' }),
    );
    expect(error.statusCode).toBe(400);
  });
});

describe('listing payment methods', () => {
  test('without a customer gives none', async () => {
    await saveCard();
    expect((await stripe.paymentMethods.list({ type: 'card' })).data).toEqual([]);
  });

  test('filters by type and by allow_redisplay', async () => {
    const { customer, payment_method } = await saveCard();
    await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    await stripe.paymentMethods.update(payment_method, { allow_redisplay: 'always' });
    const ids = async (more: object): Promise<string[]> =>
      (await stripe.paymentMethods.list({ customer, ...more })).data.map(({ id }) => id);
    expect(await ids({})).toHaveLength(2);
    expect(await ids({ type: 'card' })).toHaveLength(2);
    expect(await ids({ type: 'sepa_debit' })).toEqual([]);
    expect(await ids({ allow_redisplay: 'always' })).toEqual([payment_method]);
    const own = await stripe.customers.listPaymentMethods(customer, { allow_redisplay: 'always' });
    expect(own.data.map(({ id }) => id)).toEqual([payment_method]);
  });

  test('can be done and read under the customer', async () => {
    const saved = await saveCard();
    const { data } = await stripe.customers.listPaymentMethods(saved.customer);
    expect(data.map(({ id }) => id)).toEqual([saved.payment_method]);
    const one = await stripe.customers.retrievePaymentMethod(saved.customer, saved.payment_method);
    expect(one.id).toBe(saved.payment_method);
  });
});

describe('a card that was used without a customer', () => {
  test('is used up by a payment', async () => {
    const paid = await chargeOnSession('pm_card_visa');
    const method = idOf(paid.payment_method);
    const again = await refusal(newIntent({ payment_method: method, confirm: true }));
    expect(again.message).toContain('may not be used again');
    const attach = await refusal(
      stripe.paymentMethods.attach(method, { customer: await newCustomer() }),
    );
    expect(attach.statusCode).toBe(400);
  });

  test('can still be attached when the payment set it up for future use', async () => {
    const paid = await chargeOnSession('pm_card_visa', { setup_future_usage: 'off_session' });
    const customer = await newCustomer();
    const method = await stripe.paymentMethods.attach(idOf(paid.payment_method), { customer });
    expect(method.customer).toBe(customer);
    expect((await chargeOffSession({ customer, payment_method: method.id })).status).toBe(
      'succeeded',
    );
  });
});
