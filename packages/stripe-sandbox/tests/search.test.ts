import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox, refusal } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
const ids: { [name: string]: string } = {};
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
  const people = [
    { name: 'Ada Lovelace', email: 'ada@example.com', metadata: { shop: 'north', 'a "b"': '1' } },
    { name: 'Grace Hopper', email: 'grace@example.com', metadata: { shop: 'south' } },
    { name: 'Mary Shelley', email: 'mary@example.org', phone: '+441234', metadata: {} },
  ];
  for (const person of people) ids[person.name] = (await stripe.customers.create(person)).id;
});
afterAll(async () => {
  await opened.sandbox.close();
});

/** The names that a query finds, newest first. */
async function find(query: string): Promise<string[]> {
  const { data } = await stripe.customers.search({ query });
  return data.map(({ name }) => (name ?? '').split(' ')[0] ?? '');
}

describe('a search of customers', () => {
  test.each([
    ['email:"ada@example.com"', ['Ada']],
    ["email:'ADA@example.com'", ['Ada']],
    ['email~"example.com"', ['Grace', 'Ada']],
    ['name~"ace"', ['Grace', 'Ada']],
    ['-name~"ace"', ['Mary']],
    ['metadata["shop"]:"north"', ['Ada']],
    ["metadata['a \"b\"']:'1'", ['Ada']],
    ['metadata["shop"]:null', ['Mary']],
    ['-metadata["shop"]:null', ['Grace', 'Ada']],
    ['phone:null AND email~"example.com"', ['Grace', 'Ada']],
    ['phone:null email~"example.com" -name:"Ada Lovelace"', ['Grace']],
    ['name:"Ada Lovelace" OR name:"Mary Shelley"', ['Mary', 'Ada']],
    ['created>0 AND created<99999999999', ['Mary', 'Grace', 'Ada']],
    ['created>99999999999', []],
  ])('%s', async (query, names) => {
    expect(await find(query)).toEqual(names);
  });

  test.each([
    ['a field that cannot be searched', 'address:"x"'],
    ['a substring of two letters', 'name~"Ad"'],
    ['a substring of a number', 'created~"123"'],
    ['AND and OR mixed', 'name:"a" AND name:"b" OR name:"c"'],
    ['metadata without a key', 'metadata:"x"'],
    ['something else altogether', 'where is Ada?'],
    ['more than ten clauses', Array.from({ length: 11 }, () => 'name:"a"').join(' ')],
  ])('%s is a 400 without a code', async (_case, query) => {
    expect(await refusal(stripe.customers.search({ query }))).toMatchObject({
      statusCode: 400,
      code: undefined,
    });
  });

  test('needs a query', async () => {
    const answer = await opened.call('/v1/customers/search');
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'parameter_missing', param: 'query' });
  });

  test('comes in pages, and counts when asked to', async () => {
    const query = 'email~"example"';
    const first = await stripe.customers.search({ query, limit: 2, expand: ['total_count'] });
    expect(first).toMatchObject({
      object: 'search_result',
      has_more: true,
      total_count: 3,
      url: '/v1/customers/search',
    });
    const rest = await stripe.customers.search({ query, limit: 2, page: first.next_page ?? '' });
    expect(rest).toMatchObject({ has_more: false, next_page: null });
    expect(rest.data.map(({ id }) => id)).toEqual([ids['Ada Lovelace']]);
    const all = await stripe.customers.search({ query, limit: 2 }).autoPagingToArray({ limit: 50 });
    expect(all).toHaveLength(3);
    const other = { query: 'name~"Ada"', page: first.next_page ?? '' };
    expect((await refusal(stripe.customers.search(other))).param).toBe('page');
  });

  test('leaves deleted customers out', async () => {
    const { id } = await stripe.customers.create({ name: 'Short Lived' });
    await stripe.customers.del(id);
    expect(await find('name:"Short Lived"')).toEqual([]);
  });
});

test('PaymentIntents and charges are found by amount, status and metadata', async () => {
  const { id } = await stripe.paymentIntents.create({
    amount: 4321,
    currency: 'usd',
    metadata: { order: '7' },
    payment_method: 'pm_card_visa',
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  const query = 'amount>4000 AND status:"succeeded" AND metadata["order"]:"7"';
  const found = await stripe.paymentIntents.search({ query, expand: ['data.latest_charge'] });
  expect(found.data.map((intent) => intent.id)).toEqual([id]);
  expect(found.data[0]?.latest_charge).toMatchObject({ object: 'charge' });
  const charges = await stripe.charges.search({
    query: 'payment_method_details.card.last4:4242 AND refunded:"false"',
  });
  expect(charges.data[0]).toMatchObject({ payment_intent: id });
});
