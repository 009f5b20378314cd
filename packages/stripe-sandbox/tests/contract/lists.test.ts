import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { chargeOffSession, idOf, newCustomer, newIntent, saveCard } from './make-objects.ts';
import { ask, believed, stripe } from './open-stripe.ts';

/** A customer with five PaymentIntents, the newest first. */
async function fiveIntents(): Promise<{ customer: string; ids: string[] }> {
  const customer = await newCustomer();
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.unshift((await newIntent({ customer })).id);
  return { customer, ids };
}

describe('a list', () => {
  test('is newest first, with its address and whether there is more', async () => {
    const { customer, ids } = await fiveIntents();
    const list = await stripe.paymentIntents.list({ customer, limit: 3 });
    expect(list).toMatchObject({ object: 'list', has_more: true, url: '/v1/payment_intents' });
    expect(list.data.map(({ id }) => id)).toEqual(ids.slice(0, 3));
  });

  test('goes on after an object, and back before one', async () => {
    const { customer, ids } = await fiveIntents();
    const page = async (more: object): Promise<{ ids: string[]; has_more: boolean }> => {
      const list = await stripe.paymentIntents.list({ customer, limit: 2, ...more });
      return { ids: list.data.map(({ id }) => id), has_more: list.has_more };
    };
    const at = (index: number): string => ids[index] ?? '';
    expect(await page({ starting_after: at(1) })).toEqual({ ids: ids.slice(2, 4), has_more: true });
    expect(await page({ starting_after: at(3) })).toEqual({ ids: ids.slice(4), has_more: false });
    expect(await page({ starting_after: at(4) })).toEqual({ ids: [], has_more: false });
    expect(await page({ ending_before: at(3) })).toEqual({ ids: ids.slice(1, 3), has_more: true });
    expect(await page({ ending_before: at(1) })).toEqual({ ids: ids.slice(0, 1), has_more: false });
  });

  test('is walked by the SDK without gaps or doubles, both ways', async () => {
    const { customer, ids } = await fiveIntents();
    const forward = await stripe.paymentIntents
      .list({ customer, limit: 2 })
      .autoPagingToArray({ limit: 100 });
    expect(forward.map(({ id }) => id)).toEqual(ids);
    const backward: string[] = [];
    const from = { customer, limit: 2, ending_before: ids[4] ?? '' };
    for await (const { id } of stripe.paymentIntents.list(from)) backward.push(id);
    expect(backward).toEqual(ids.slice(0, 4).reverse());
  });

  test('has ten entries unless told otherwise', async () => {
    const customer = await newCustomer();
    for (let count = 0; count < 11; count += 1) await newIntent({ customer });
    expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(10);
    expect((await stripe.paymentIntents.list({ customer, limit: 100 })).data).toHaveLength(11);
  });

  const cases: [string, object, object][] = [
    ['no entries', { limit: 0 }, {}],
    ['101 entries', { limit: 101 }, {}],
    ['a limit that is no number', { limit: 'many' }, { code: 'parameter_invalid_integer' }],
    ['an unknown place', { starting_after: 'cus_none' }, { code: 'resource_missing' }],
    ['both directions', { starting_after: 'cus_a', ending_before: 'cus_b' }, {}],
  ];
  test.each(cases)('of %s is refused', async (_name, params, expected) => {
    const error = await refusal(ask('GET', '/v1/customers', { ...params }));
    expect(error).toMatchObject({ statusCode: 400, ...expected });
  });

  test('filters by when its objects were made', async () => {
    const { customer, ids } = await fiveIntents();
    const { created } = await stripe.paymentIntents.retrieve(ids[0] ?? '');
    const count = async (filter: object | number): Promise<number> =>
      (await stripe.paymentIntents.list({ customer, created: filter })).data.length;
    expect(await count({ lte: created })).toBe(5);
    expect(await count({ gt: created })).toBe(0);
    expect(await count({ gte: created - 3600, lt: created + 1 })).toBe(5);
    expect(await count(created - 3600)).toBe(0);
  });

  believed('for an unknown customer is refused', async () => {
    const error = await refusal(stripe.paymentIntents.list({ customer: 'cus_none' }));
    expect(error).toMatchObject({ code: 'resource_missing' });
  });
});

describe('expanding', () => {
  test('puts the object where its id was', async () => {
    const saved = await saveCard();
    const paid = await chargeOffSession(saved);
    expect(typeof paid.latest_charge).toBe('string');
    const read = await stripe.paymentIntents.retrieve(paid.id, {
      expand: ['customer', 'latest_charge', 'payment_method'],
    });
    expect(read).toMatchObject({
      customer: { id: saved.customer, object: 'customer' },
      latest_charge: { id: idOf(paid.latest_charge), object: 'charge' },
      payment_method: { id: saved.payment_method, object: 'payment_method' },
    });
  });

  test('works on what was just made, and at each entry of a list', async () => {
    const saved = await saveCard();
    const paid = await chargeOffSession(saved, { expand: ['latest_charge'] });
    expect(paid.latest_charge).toMatchObject({ object: 'charge' });
    const { data } = await stripe.paymentIntents.list({
      customer: saved.customer,
      expand: ['data.latest_charge.payment_intent'],
    });
    expect(data).toMatchObject([{ latest_charge: { payment_intent: { id: paid.id } } }]);
  });

  test('goes four levels deep', async () => {
    const saved = await saveCard();
    await stripe.customers.update(saved.customer, {
      invoice_settings: { default_payment_method: saved.payment_method },
    });
    const paid = await chargeOffSession(saved);
    const read = await stripe.charges.retrieve(idOf(paid.latest_charge), {
      expand: ['payment_intent.latest_charge.payment_intent.customer'],
    });
    expect(read).toMatchObject({
      payment_intent: { latest_charge: { payment_intent: { customer: { id: saved.customer } } } },
    });
  });

  const deep = 'payment_intent.latest_charge.payment_intent.latest_charge.payment_intent';
  test.each([deep, 'amount', 'nonsense', 'metadata.order'])('refuses %s', async (path) => {
    const paid = await chargeOffSession(await saveCard());
    const error = await refusal(
      stripe.charges.retrieve(idOf(paid.latest_charge), { expand: [path] }),
    );
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
  });

  test('leaves what is null as it is', async () => {
    const intent = await newIntent({ expand: ['customer', 'latest_charge'] });
    expect(intent).toMatchObject({ customer: null, latest_charge: null });
  });
});
