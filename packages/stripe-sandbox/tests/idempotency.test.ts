import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Stripe from 'stripe';
import { control } from './control.ts';
import { offSessionCharge, openSandbox, refusal, saveCard, until } from './open-sandbox.ts';
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

async function charges(customer: string): Promise<number> {
  return (await stripe.charges.list({ customer, limit: 100 })).data.length;
}

describe('the same idempotency key', () => {
  test('replays a decline without charging again', async () => {
    const saved = await saveCard(stripe, 'pm_card_chargeCustomerFail');
    const options = { idempotencyKey: 'payment:1' };
    const first = await refusal(stripe.paymentIntents.create(offSessionCharge(saved), options));
    const second = await refusal(stripe.paymentIntents.create(offSessionCharge(saved), options));
    expect(second.payment_intent?.id).toBe(first.payment_intent?.id);
    expect(second.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.requestId,
      'idempotency-key': 'payment:1',
    });
    expect(second.requestId).not.toBe(first.requestId);
    expect(await charges(saved.customer)).toBe(1);
  });

  test('with other parameters, or on another endpoint, is refused', async () => {
    const options = { idempotencyKey: 'customer:1' };
    await stripe.customers.create({ email: 'a@example.com' }, options);
    const other = await refusal(stripe.customers.create({ email: 'b@example.com' }, options));
    expect(other).toMatchObject({ statusCode: 400, rawType: 'idempotency_error', code: undefined });
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    const elsewhere = await refusal(stripe.setupIntents.create({}, options));
    expect(elsewhere.rawType).toBe('idempotency_error');
  });

  test('may be used again after a request that was refused before it ran', async () => {
    const options = { idempotencyKey: 'customer:2' };
    const wrong = { email: 'a@example.com', colour: 'red' } as Stripe.CustomerCreateParams;
    expect((await refusal(stripe.customers.create(wrong, options))).code).toBe('parameter_unknown');
    const right = await stripe.customers.create({ email: 'a@example.com' }, options);
    expect(right.email).toBe('a@example.com');
  });

  test('still answers after the object is gone', async () => {
    const options = { idempotencyKey: 'customer:gone' };
    const { id } = await stripe.customers.create({ name: 'Ada' }, options);
    await stripe.customers.del(id);
    expect((await stripe.customers.create({ name: 'Ada' }, options)).id).toBe(id);
  });

  test('belongs to one account', async () => {
    const options = { idempotencyKey: 'customer:shared' };
    const mine = await stripe.customers.create({}, options);
    const other = { ...options, apiKey: 'sk_test_anotherAccount' };
    expect((await stripe.customers.create({}, other)).id).not.toBe(mine.id);
  });

  test('is ignored where nothing is posted', async () => {
    const { id } = await stripe.customers.create({ name: 'Ada' });
    const headers = { 'idempotency-key': 'get:1' };
    const first = await opened.call(`/v1/customers/${id}`, { headers });
    await stripe.customers.update(id, { name: 'Grace' });
    const second = await opened.call(`/v1/customers/${id}`, { headers });
    expect([first.body.name, second.body.name]).toEqual(['Ada', 'Grace']);
    expect(second.headers.get('idempotent-replayed')).toBeNull();
  });

  test('is forgotten after 24 hours by the sandbox clock', async () => {
    const options = { idempotencyKey: 'customer:3' };
    const first = await stripe.customers.create({}, options);
    expect((await stripe.customers.create({}, options)).id).toBe(first.id);
    await control(opened, 'POST', 'clock', { advanceSeconds: 25 * 3600 });
    expect((await stripe.customers.create({}, options)).id).not.toBe(first.id);
  });

  test('of the v2 API holds for 30 days', async () => {
    const create = () =>
      opened.call('/v2/core/accounts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'account:1' },
        body: JSON.stringify({ contact_email: 'ada@example.com' }),
      });
    const first = await create();
    await control(opened, 'POST', 'clock', { advanceSeconds: 29 * 24 * 3600 });
    const replay = await create();
    expect(replay.body.id).toBe(first.body.id);
    expect(replay.headers.get('idempotent-replayed')).toBe('true');
    await control(opened, 'POST', 'clock', { advanceSeconds: 2 * 24 * 3600 });
    expect((await create()).body.id).not.toBe(first.body.id);
  });

  test('gets a 409 while the first request still runs', async () => {
    const fault = await control(opened, 'POST', 'faults', {
      method: 'POST',
      path: '/v1/customers',
      action: 'hold_before',
    });
    const options = { idempotencyKey: 'customer:4' };
    const first = stripe.customers.create({ name: 'held' }, options);
    let conflict: Stripe.errors.StripeError | undefined;
    await until(async () => {
      const list = await stripe.customers.list({ limit: 1 });
      conflict ??= await refusal(stripe.customers.create({ name: 'held' }, options)).catch(
        () => undefined,
      );
      return list.object === 'list' && conflict !== undefined;
    });
    expect(conflict).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    await control(opened, 'POST', `faults/${fault.id}/release`);
    expect((await first).name).toBe('held');
  });

  test('of a planted 500 replays the 500', async () => {
    await control(opened, 'POST', 'faults', {
      method: 'POST',
      path: '/v1/customers',
      action: 'status',
      status: 500,
    });
    const options = { idempotencyKey: 'customer:500' };
    expect((await refusal(stripe.customers.create({}, options))).statusCode).toBe(500);
    const replayed = await refusal(stripe.customers.create({}, options));
    expect(replayed.statusCode).toBe(500);
    expect(replayed.headers?.['idempotent-replayed']).toBe('true');
  });

  test('keeps its answer through a failure that comes later', async () => {
    const options = { idempotencyKey: 'customer:kept' };
    const first = await stripe.customers.create({}, options);
    const fault = { method: 'POST', path: '/v1/customers', action: 'status', status: 503 };
    await control(opened, 'POST', 'faults', fault);
    expect((await refusal(stripe.customers.create({}, options))).statusCode).toBe(503);
    expect((await stripe.customers.create({}, options)).id).toBe(first.id);
  });
});
