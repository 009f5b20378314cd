import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Stripe from 'stripe';
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

async function control(path: string, body: object): Promise<{ id: string }> {
  const answer = await opened.call(`/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { id: String(answer.body.id) };
}

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

  test('is forgotten after 24 hours by the sandbox clock', async () => {
    const options = { idempotencyKey: 'customer:3' };
    const first = await stripe.customers.create({}, options);
    expect((await stripe.customers.create({}, options)).id).toBe(first.id);
    await control('clock', { advanceSeconds: 25 * 3600 });
    expect((await stripe.customers.create({}, options)).id).not.toBe(first.id);
  });

  test('gets a 409 while the first request still runs', async () => {
    const fault = await control('faults', {
      method: 'POST',
      path: '/v1/customers',
      times: 1,
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
    await opened.call(`/_sandbox/faults/${fault.id}/release`, { method: 'POST' });
    expect((await first).name).toBe('held');
  });
});

describe('a planted fault', () => {
  test('that holds the answer back does the work once, and the key finds it', async () => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    await control('faults', {
      method: 'POST',
      path: '/v1/payment_intents',
      times: 1,
      action: 'hold_after',
    });
    const stop = new AbortController();
    const body = new URLSearchParams({
      amount: '1099',
      currency: 'usd',
      customer: saved.customer,
      payment_method: saved.method,
      off_session: 'true',
      confirm: 'true',
    });
    const request = {
      method: 'POST',
      headers: { 'idempotency-key': 'payment:held' },
      body: body.toString(),
    };
    const form = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
    const cut = opened.call('/v1/payment_intents', {
      ...request,
      headers: form,
      signal: stop.signal,
    });
    await until(async () => (await charges(saved.customer)) === 1);
    stop.abort();
    await expect(cut).rejects.toThrow();
    const replay = await opened.call('/v1/payment_intents', { ...request, headers: form });
    expect(replay.body.status).toBe('succeeded');
    expect(replay.headers.get('idempotent-replayed')).toBe('true');
    expect(await charges(saved.customer)).toBe(1);
    const log = await opened.call('/_sandbox/requests?path=/v1/payment_intents&method=POST');
    const entries = Object.values(log.body) as unknown as {
      idempotencyKey: string;
      replayed: boolean;
    }[];
    expect(
      entries.filter((entry) => entry.idempotencyKey === 'payment:held').map((e) => e.replayed),
    ).toEqual([false, true]);
  });

  test('that resets the connection loses the answer, before or after the work', async () => {
    for (const [action, made] of [
      ['reset_before', 0],
      ['reset_after', 1],
    ] as const) {
      const email = `${action}@example.com`;
      // Twice: Node's client repeats a reset request by itself once.
      await control('faults', { method: 'POST', path: '/v1/customers', times: 2, action });
      await expect(
        stripe.customers.create({ email }, { idempotencyKey: action }),
      ).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
      expect((await stripe.customers.list({ email })).data).toHaveLength(made);
      await opened.call('/_sandbox/faults', { method: 'DELETE' });
    }
  });

  test('of a stored 500 is replayed like any other answer', async () => {
    await control('faults', {
      method: 'POST',
      path: '/v1/customers',
      times: 1,
      action: 'status',
      status: 500,
    });
    const options = { idempotencyKey: 'customer:500' };
    expect((await refusal(stripe.customers.create({}, options))).statusCode).toBe(500);
    const replayed = await refusal(stripe.customers.create({}, options));
    expect(replayed.statusCode).toBe(500);
    expect(replayed.headers?.['idempotent-replayed']).toBe('true');
  });
});
