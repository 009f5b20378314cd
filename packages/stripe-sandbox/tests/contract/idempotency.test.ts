import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { newCustomer, newIntent, saveCard } from './make-objects.ts';
import { control, passTime, sandboxOnly, secretKey, send, stripe } from './open-stripe.ts';

let made = 0;
const newKey = (): string =>
  `contract-${String(Date.now())}-${String(process.pid)}-${String(++made)}`;

const charge = (saved: { customer: string; payment_method: string }, idempotencyKey: string) =>
  stripe.paymentIntents.create(
    {
      amount: 1099,
      currency: 'usd',
      ...saved,
      off_session: true,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    },
    { idempotencyKey },
  );

describe('the same request with the same key', () => {
  test('is answered with the first answer, and nothing is done twice', async () => {
    const saved = await saveCard();
    const key = newKey();
    const first = await charge(saved, key);
    const second = await charge(saved, key);
    expect(second).toEqual(first);
    const { data } = await stripe.paymentIntents.list({ customer: saved.customer });
    expect(data).toHaveLength(1);
  });

  test('says so in its headers', async () => {
    const key = newKey();
    const first = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: key });
    const second = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: key });
    const firstHeaders = first.lastResponse.headers;
    const headers = second.lastResponse.headers;
    expect(firstHeaders['idempotent-replayed']).toBeUndefined();
    expect(firstHeaders['original-request']).toBe(firstHeaders['request-id']);
    expect(headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': firstHeaders['request-id'],
      'idempotency-key': key,
    });
    expect(headers['request-id']).not.toBe(firstHeaders['request-id']);
  });

  test('repeats a decline for ever', async () => {
    const saved = await saveCard('pm_card_chargeCustomerFail');
    const key = newKey();
    const first = await refusal(charge(saved, key));
    const second = await refusal(charge(saved, key));
    expect(second).toMatchObject({ statusCode: 402, charge: first.charge });
    const { data } = await stripe.charges.list({ customer: saved.customer });
    expect(data).toHaveLength(1);
  });

  test('still answers after its object was deleted', async () => {
    const idempotencyKey = newKey();
    const { id } = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    await stripe.customers.del(id);
    const again = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    expect(again).toMatchObject({ id, name: 'Ada' });
  });

  test('is done anew when the first was refused unseen', async () => {
    const key = newKey();
    const wrong = { idempotencyKey: key };
    const params = { amount: 1099, currency: 'usd' };
    await refusal(stripe.paymentIntents.create({ ...params, customer: 'cus_none' }, wrong));
    const good = await stripe.paymentIntents.create(params, { idempotencyKey: newKey() });
    expect(good.status).toBe('requires_payment_method');
    const first = await send('/v1/customers', {
      method: 'POST',
      headers: { 'idempotency-key': key, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'colour=red',
    });
    expect(first.body.error?.code).toBe('parameter_unknown');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
  });

  sandboxOnly('moves the clock by a day')('is done anew after a day', async () => {
    const idempotencyKey = newKey();
    const first = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    await passTime(86_400 + 60);
    const second = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    expect(second.id).not.toBe(first.id);
  });

  sandboxOnly('plants a fault')('repeats a 500, too', async () => {
    const idempotencyKey = newKey();
    await control('/faults', {
      method: 'POST',
      path: '/v1/customers',
      times: 1,
      action: 'status',
      status: 500,
    });
    const first = await refusal(stripe.customers.create({ name: 'Ada' }, { idempotencyKey }));
    const second = await refusal(stripe.customers.create({ name: 'Ada' }, { idempotencyKey }));
    expect([first.statusCode, second.statusCode]).toEqual([500, 500]);
    expect(second.headers?.['idempotent-replayed']).toBe('true');
  });

  sandboxOnly('plants a fault')('while the first still runs is a conflict', async () => {
    const idempotencyKey = newKey();
    const { id } = await control('/faults', {
      method: 'POST',
      path: '/v1/customers',
      times: 1,
      action: 'hold_before',
    });
    const ada = async () => stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    // Whichever comes first is held, the other is refused.
    const both = [ada(), ada()];
    const [error] = await Promise.race(
      both.map(async (call) => {
        const refused = await refusal(call);
        return [refused];
      }),
    );
    expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    await control(`/faults/${String(id)}/release`, {});
    const made = await Promise.any(both);
    expect((await ada()).id).toBe(made.id);
  });
});

describe('the same key', () => {
  const mismatch = { statusCode: 400, rawType: 'idempotency_error', code: undefined };

  test('with other parameters is refused, and nothing changes', async () => {
    const idempotencyKey = newKey();
    const { id } = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    const error = await refusal(stripe.customers.create({ name: 'Bob' }, { idempotencyKey }));
    expect(error).toMatchObject({ ...mismatch, param: undefined });
    expect(error.message).toContain(
      'Keys for idempotent requests can only be used with the same parameters',
    );
    expect(await stripe.customers.retrieve(id)).toMatchObject({ name: 'Ada' });
  });

  test('on another path is refused', async () => {
    const idempotencyKey = newKey();
    const id = await newCustomer();
    await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    const error = await refusal(stripe.customers.update(id, { name: 'Ada' }, { idempotencyKey }));
    expect(error).toMatchObject(mismatch);
  });

  test('of more than 255 characters is refused', async () => {
    const idempotencyKey = 'k'.repeat(256);
    const error = await refusal(stripe.customers.create({}, { idempotencyKey }));
    expect(error.statusCode).toBe(400);
  });

  test('means nothing to a GET', async () => {
    const id = await newCustomer();
    const headers = { 'idempotency-key': newKey() };
    const first = await send(`/v1/customers/${id}`, { headers });
    await stripe.customers.update(id, { name: 'Later' });
    const second = await send(`/v1/customers/${id}`, { headers });
    expect(first.body.name).not.toBe('Later');
    expect(second.body.name).toBe('Later');
  });

  test('is needed for no request', async () => {
    const body = new URLSearchParams({ name: 'Ada' });
    const headers = { authorization: `Bearer ${secretKey}` };
    const one = await send('/v1/customers', { method: 'POST', headers, body });
    const two = await send('/v1/customers', { method: 'POST', headers, body });
    expect(one.status).toBe(200);
    expect(two.body.id).not.toBe(one.body.id);
  });

  test('for each attempt lets a declined intent be tried again', async () => {
    const intent = await newIntent({ payment_method: 'pm_card_visa' });
    const paid = await stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: newKey() });
    expect(paid.status).toBe('succeeded');
  });
});
