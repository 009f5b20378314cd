import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { chargeOffSession, eventsAbout, newCustomer, newIntent, saveCard } from './make-objects.ts';
import { ask, passTime, sandboxOnly, stripe } from './open-stripe.ts';

describe('an event', () => {
  test('names the request and the idempotency key that caused it', async () => {
    const idempotencyKey = `contract-${String(Date.now())}-${String(Math.random())}`;
    const customer = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
    const [event] = await eventsAbout(customer.id, ['customer.created']);
    expect(event).toMatchObject({
      id: expect.stringMatching(/^evt_/) as string,
      object: 'event',
      livemode: false,
      type: 'customer.created',
      data: { object: { id: customer.id, object: 'customer', name: 'Ada' } },
      request: { id: customer.lastResponse.requestId, idempotency_key: idempotencyKey },
      pending_webhooks: expect.any(Number) as number,
    });
    expect(event?.api_version).toMatch(/^\d{4}-\d{2}-\d{2}/);
  });

  test('keeps the object as it was', async () => {
    const id = await newCustomer({ name: 'Before' });
    await stripe.customers.update(id, { name: 'After' });
    const events = await eventsAbout(id, ['customer.created', 'customer.updated']);
    const names = events.map(({ type, data }) => [type, 'name' in data.object && data.object.name]);
    expect(Object.fromEntries(names)).toEqual({
      'customer.created': 'Before',
      'customer.updated': 'After',
    });
  });

  test('can be retrieved by its id', async () => {
    const id = await newCustomer();
    const [event] = await eventsAbout(id, ['customer.created']);
    const found = await stripe.events.retrieve(event?.id ?? '');
    expect(found).toMatchObject({ id: event?.id, data: { object: { id } } });
  });

  test('that is unknown is a 404', async () => {
    const error = await refusal(stripe.events.retrieve('evt_none'));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  test('is not made by a request that is refused', async () => {
    const saved = await saveCard();
    await refusal(chargeOffSession(saved, { amount: 1 }));
    const { data } = await stripe.events.list({ type: 'payment_intent.*', limit: 100 });
    const about = data.filter(
      ({ data: { object } }) => 'customer' in object && object.customer === saved.customer,
    );
    expect(about).toEqual([]);
  });

  sandboxOnly('moves the clock by a month')('is gone after 30 days', async () => {
    const id = await newCustomer();
    const [event] = await eventsAbout(id, ['customer.created']);
    await passTime(31 * 86_400);
    const error = await refusal(stripe.events.retrieve(event?.id ?? ''));
    expect(error.statusCode).toBe(404);
    const { data } = await stripe.events.list({ type: 'customer.created', limit: 100 });
    expect(data.map((row) => row.id)).not.toContain(event?.id);
  });
});

describe('listing events', () => {
  test('takes one type, with a star at its end', async () => {
    const { id } = await newIntent();
    await eventsAbout(id, ['payment_intent.created']);
    const { data } = await stripe.events.list({ type: 'payment_intent.*', limit: 100 });
    expect(data.length).toBeGreaterThan(0);
    expect(data.every(({ type }) => type.startsWith('payment_intent.'))).toBe(true);
  });

  test('takes up to 20 types, and not both ways at once', async () => {
    const many = Array.from({ length: 21 }, (_, index) => `customer.created${String(index)}`);
    expect((await refusal(stripe.events.list({ types: many }))).statusCode).toBe(400);
    const both = { type: 'customer.created', types: ['customer.updated'] };
    expect((await refusal(ask('GET', '/v1/events', both))).statusCode).toBe(400);
  });

  test('is newest first', async () => {
    await newCustomer();
    await newCustomer();
    const { data } = await stripe.events.list({ limit: 20 });
    const created = data.map((event) => event.created);
    expect(created).toEqual([...created].sort((a, b) => b - a));
  });
});
