import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import {
  PUBLISHABLE_KEY,
  offSessionCharge,
  openSandbox,
  openStripe,
  refusal,
  saveCard,
} from './open-sandbox.ts';
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

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('payment methods', () => {
  test('a template gives a new method at each use, and lists under its customer', async () => {
    const { customer, method } = await saveCard(stripe, 'pm_card_mastercard');
    expect(method).not.toBe('pm_card_mastercard');
    const second = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    expect(second.id).not.toBe(method);
    const listed = await stripe.customers.listPaymentMethods(customer, { type: 'card' });
    expect(listed.data.map(({ id }) => id)).toEqual([second.id, method]);
    expect((await stripe.paymentMethods.list()).data).toEqual([]);
  });

  test('attaching twice, detaching twice and attaching again are 400 without a code', async () => {
    const { customer, method } = await saveCard(stripe, 'pm_card_visa');
    const twice = await refusal(stripe.paymentMethods.attach(method, { customer }));
    expect(twice.message).toContain('already been attached');
    expect((await stripe.paymentMethods.detach(method)).customer).toBeNull();
    for (const call of [
      stripe.paymentMethods.detach(method),
      stripe.paymentMethods.attach(method, { customer }),
    ]) {
      expect(await refusal(call)).toMatchObject({ statusCode: 400, code: undefined });
    }
    const under = await refusal(stripe.customers.retrievePaymentMethod(customer, method));
    expect(under).toMatchObject({ statusCode: 404, param: 'customer' });
  });

  test('a card that is always declined cannot be attached', async () => {
    const error = await refusal(saveCard(stripe, 'pm_card_visa_chargeDeclined'));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined' });
  });

  test('a card number is taken with a publishable key only', async () => {
    const card = { number: '4242424242424242', exp_month: 1, exp_year: 2033, cvc: '123' };
    const refused = await refusal(stripe.paymentMethods.create({ type: 'card', card }));
    expect(refused).toMatchObject({ statusCode: 402, rawType: 'invalid_request_error' });
    const browser = openStripe(opened.sandbox, PUBLISHABLE_KEY);
    const made = await browser.paymentMethods.create({ type: 'card', card });
    expect(made.card?.last4).toBe('4242');
    expect(await refusal(browser.customers.list())).toMatchObject({
      statusCode: 403,
      code: 'secret_key_required',
    });
  });
});

describe('lists', () => {
  test('page both ways and find everything once', async () => {
    const email = 'paging@example.com';
    const made: string[] = [];
    for (let count = 0; count < 7; count += 1)
      made.unshift((await stripe.customers.create({ email })).id);
    const paged = await stripe.customers.list({ email, limit: 3 }).autoPagingToArray({ limit: 50 });
    expect(paged.map(({ id }) => id)).toEqual(made);
    const first = await stripe.customers.list({ email, limit: 3 });
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' });
    const newer = await stripe.customers.list({ email, limit: 2, ending_before: made[3] ?? '' });
    expect(newer.data.map(({ id }) => id)).toEqual([made[1], made[2]]);
    expect((await refusal(stripe.customers.list({ limit: 101 }))).param).toBe('limit');
    const unknown = await refusal(stripe.customers.list({ starting_after: 'cus_none' }));
    expect(unknown).toMatchObject({ statusCode: 400, code: 'resource_missing' });
  });

  test('expand through data, four levels deep and no deeper', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    await stripe.paymentIntents.create(offSessionCharge(saved));
    const { data } = await stripe.paymentIntents.list({
      customer: saved.customer,
      expand: ['data.latest_charge.payment_intent.payment_method.customer'],
    });
    expect(data[0]).toMatchObject({
      latest_charge: { payment_intent: { payment_method: { customer: { id: saved.customer } } } },
    });
    const deep = { expand: ['customer.a.b.c.d'] };
    expect((await refusal(stripe.paymentIntents.list(deep))).statusCode).toBe(400);
    const plain = await refusal(
      stripe.paymentIntents.retrieve(data[0]?.id ?? '', { expand: ['amount'] }),
    );
    expect(plain.message).toContain('cannot be expanded');
  });
});

test('a deleted customer reads as a stub, leaves lists, and its methods keep its id', async () => {
  const { customer, method } = await saveCard(stripe, 'pm_card_visa');
  expect(await stripe.customers.del(customer)).toMatchObject({ deleted: true });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ id: customer, deleted: true });
  expect(await refusal(stripe.customers.del(customer))).toMatchObject({ statusCode: 404 });
  expect((await stripe.paymentMethods.retrieve(method)).customer).toBe(customer);
});

test('metadata is merged, and an empty value removes its name', async () => {
  const { id } = await stripe.customers.create({ metadata: { a: '1', b: '2' } });
  const changed = await stripe.customers.update(id, { metadata: { a: '', c: '3' } });
  expect(changed.metadata).toEqual({ b: '2', c: '3' });
});

describe('accounts', () => {
  test('each key pair has its own, and sees nothing of another', async () => {
    const other = openStripe(opened.sandbox, 'sk_test_somebodyelse');
    const mine = await stripe.customers.create({});
    expect((await other.accounts.retrieveCurrent()).id).not.toBe(
      (await stripe.accounts.retrieveCurrent()).id,
    );
    expect(await refusal(other.customers.retrieve(mine.id))).toMatchObject({ statusCode: 404 });
  });

  test.each([
    ['no key', {}],
    ['a short key', { authorization: 'Bearer sk_test_1' }],
    ['a live key', { authorization: `Bearer ${['sk', 'live', 'abcdefghijkl'].join('_')}` }],
    ['another scheme', { authorization: 'Digest sk_test_contractsuite' }],
  ])('%s is a 401', async (_case, headers) => {
    const response = await fetch(`${opened.sandbox.url}/v1/customers`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  test('Basic works as well as Bearer', async () => {
    const basic = `Basic ${Buffer.from('sk_test_contractsuite:').toString('base64')}`;
    const answer = await opened.call('/v1/account', { headers: { authorization: basic } });
    expect(answer).toMatchObject({ status: 200, body: { object: 'account' } });
  });
});

describe('whatever arrives, the answer is the envelope', () => {
  const deep = `${'a[b]'.padEnd(6)}${'[c]'.repeat(50)}=1`.replaceAll(' ', '');
  test.each<[string, string, RequestInit, number]>([
    ['an unknown route', '/v1/nothing', {}, 404],
    ['a method that is not there', '/v1/customers', { method: 'PUT' }, 404],
    ['a trailing slash', '/v1/customers/', {}, 404],
    ['an unknown id', '/v1/payment_intents/pi_none', {}, 404],
    ['a broken escape in the path', '/v1/customers/%E0%A4%A', {}, 404],
    [
      'JSON where a form belongs',
      '/v1/customers',
      { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } },
      400,
    ],
    ['brackets 50 deep', '/v1/customers', { method: 'POST', body: deep, headers: FORM }, 400],
    [
      '10,000 parameters',
      '/v1/customers',
      { method: 'POST', body: 'a[]=1&'.repeat(10_000), headers: FORM },
      400,
    ],
    [
      '10 MB',
      '/v1/customers',
      { method: 'POST', body: 'a'.repeat(10_000_000), headers: FORM },
      413,
    ],
    [
      'bytes that are no text',
      '/v1/customers',
      { method: 'POST', body: Buffer.from([255, 0, 254, 61]), headers: FORM },
      400,
    ],
    [
      'a nested e-mail',
      '/v1/customers',
      { method: 'POST', body: 'email[a]=b', headers: FORM },
      400,
    ],
    [
      'prototype names',
      '/v1/customers',
      { method: 'POST', body: 'constructor[prototype][x]=1', headers: FORM },
      400,
    ],
    ['a limit that is no number', '/v1/customers?limit=many', {}, 400],
    [
      'half of a JSON',
      '/v1/payment_pages/cs_none/confirm',
      { method: 'POST', body: '{"a":', headers: { 'content-type': 'application/json' } },
      400,
    ],
    ['an odd version', '/v1/customers', { headers: { 'stripe-version': 'latest' } }, 400],
  ])('%s', async (_case, path, init, status) => {
    const answer = await opened.call(path, init);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ type: 'invalid_request_error' });
    expect(typeof answer.body.error?.message).toBe('string');
    expect(answer.headers.get('request-id')).toMatch(/^req_/);
  });

  test('even bytes that are not HTTP', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(opened.sandbox.port, '127.0.0.1', () =>
        socket.write('NONSENSE\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (part: Buffer) => (text += part.toString()));
      socket.on('end', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect(answer).toContain('"error"');
  });

  test('and the control API is not for other web pages', async () => {
    const foreign = await opened.call('/_sandbox/faults', {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
  });
});

test('a browser sees an intent only with its client secret, and only a part of it', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
  const browser = { headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` } };
  const path = `/v1/payment_intents/${intent.id}`;
  expect((await opened.call(path, browser)).status).toBe(404);
  expect((await opened.call(`${path}?client_secret=wrong`, browser)).status).toBe(404);
  const seen = await opened.call(`${path}?client_secret=${intent.client_secret ?? ''}`, browser);
  expect(seen).toMatchObject({ status: 200, body: { id: intent.id, amount: 500 } });
  expect(seen.body).not.toHaveProperty('metadata');
});
