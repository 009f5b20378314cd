import { afterEach, describe, expect } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { newCustomer, newIntent } from './make-objects.ts';
import { atStripe, control, sandboxOnly, send, stripe } from './open-stripe.ts';

const limited = sandboxOnly('asks for more than Stripe likes to be asked');

afterEach(async () => {
  if (!atStripe) await control('/limits', { rates: 'off', locks: false });
});

describe('too many requests in a second', () => {
  limited('are a 429 with the reason in a header', async () => {
    await control('/limits', { rates: 'test' });
    // More than fit into two of Stripe's seconds.
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => send('/v1/customers?limit=1')),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    for (const { headers, body } of refused) {
      expect(body.error).toMatchObject({ code: 'rate_limit' });
      expect(headers.get('stripe-rate-limited-reason')).toMatch(/^(global|endpoint)-rate$/);
    }
  });

  limited('leave nothing under their idempotency keys', async () => {
    const idempotencyKey = `contract-limit-${String(Date.now())}`;
    const fault = {
      method: 'POST',
      path: '/v1/customers',
      times: 1,
      action: 'status',
      status: 429,
    };
    await control('/faults', fault);
    const error = await refusal(stripe.customers.create({}, { idempotencyKey }));
    expect(error.statusCode).toBe(429);
    const made = await stripe.customers.create({}, { idempotencyKey });
    expect(made.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  });
});

describe('an object that another request holds', () => {
  limited('is locked: 429 lock_timeout, without a reason in a header', async () => {
    await control('/limits', { locks: true });
    const { id } = await newIntent({ payment_method: 'pm_card_visa' });
    const path = `/v1/payment_intents/${id}/confirm`;
    const fault = { method: 'POST', path, times: 1, action: 'hold_before' };
    const planted = await control('/faults', fault);
    const both = [stripe.paymentIntents.confirm(id), stripe.paymentIntents.confirm(id)];
    const error = await Promise.race(both.map(refusal));
    expect(error).toMatchObject({
      statusCode: 429,
      rawType: 'invalid_request_error',
      code: 'lock_timeout',
    });
    expect(error.headers?.['stripe-rate-limited-reason']).toBeUndefined();
    await control(`/faults/${String(planted.id)}/release`, {});
    expect((await Promise.any(both)).status).toBe('succeeded');
  });

  limited('does not stop requests about others', async () => {
    await control('/limits', { locks: true });
    const ids = await Promise.all([newCustomer(), newCustomer(), newCustomer()]);
    await Promise.all(ids.map((id) => stripe.customers.update(id, { name: 'Ada' })));
  });
});
