import { describe, expect } from 'vitest';
import { newCustomer, newIntent, newSetup } from './make-objects.ts';
import { publishableKey, send, stripe, withPublishableKey } from './open-stripe.ts';

const browser = async (path: string, form?: { [name: string]: string }) =>
  send(path, {
    headers: { authorization: `Bearer ${publishableKey}` },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });

describe('a browser with a publishable key', () => {
  withPublishableKey('reads the intent whose secret it has, without what is private', async () => {
    const intent = await newIntent({ customer: await newCustomer(), metadata: { inside: '7' } });
    const secret = intent.client_secret ?? '';
    const answer = await browser(`/v1/payment_intents/${intent.id}?client_secret=${secret}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: intent.id,
      object: 'payment_intent',
      amount: 1099,
      currency: 'usd',
      client_secret: secret,
      status: 'requires_payment_method',
      livemode: false,
    });
    for (const secretField of ['metadata', 'customer', 'latest_charge', 'amount_received']) {
      expect(answer.body).not.toHaveProperty(secretField);
    }
  });

  withPublishableKey('reads no intent with a wrong secret or none', async () => {
    const intent = await newIntent();
    const other = await newIntent();
    for (const query of [
      '',
      `?client_secret=${intent.id}_secret_wrong`,
      `?client_secret=${other.client_secret ?? ''}`,
    ]) {
      const answer = await browser(`/v1/payment_intents/${intent.id}${query}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body.error).toBeDefined();
      expect(answer.body).not.toHaveProperty('amount');
    }
  });

  withPublishableKey('confirms a payment and a setup', async () => {
    const payment = await newIntent();
    const paid = await browser(`/v1/payment_intents/${payment.id}/confirm`, {
      client_secret: payment.client_secret ?? '',
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com/back',
    });
    expect(paid).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    const setup = await newSetup();
    const done = await browser(`/v1/setup_intents/${setup.id}/confirm`, {
      client_secret: setup.client_secret ?? '',
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com/back',
    });
    expect(done).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  });

  withPublishableKey('cannot change what is to be paid', async () => {
    const intent = await newIntent();
    const answer = await browser(`/v1/payment_intents/${intent.id}`, {
      client_secret: intent.client_secret ?? '',
      amount: '100',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await stripe.paymentIntents.retrieve(intent.id)).amount).toBe(1099);
  });

  withPublishableKey('makes payment methods that belong to nobody', async () => {
    const answer = await browser('/v1/payment_methods', {
      type: 'card',
      'card[token]': 'tok_visa',
    });
    expect(answer).toMatchObject({ status: 200, body: { object: 'payment_method', type: 'card' } });
  });
});
