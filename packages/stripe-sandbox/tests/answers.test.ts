import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAnswer } from './conformance/check-answer.ts';
import { openSandbox, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened?.sandbox.close();
});

/** The check every answer in these tests goes through must see what is wrong, or it proves nothing. */
describe('an answer that does not fit the types of the SDK', () => {
  test('a field that Stripe does not have is named', async () => {
    const customer = await opened.stripe.customers.create({ email: 'ada@example.com' });
    expect(checkAnswer(customer)).toEqual([]);
    expect(checkAnswer({ ...customer, nickname: 'Ada' })).toEqual([
      'customer.nickname: Stripe has no such field',
    ]);
  });

  test('a missing field, a wrong type and an unknown value are named, wherever they are', async () => {
    const { method } = await saveCard(opened.stripe, 'pm_card_visa');
    const found = await opened.stripe.paymentMethods.retrieve(method);
    const wrong = {
      ...found,
      type: 'bank',
      card: { ...found.card, exp_month: '12', exp_year: undefined },
    };
    expect(checkAnswer({ object: 'list', data: [wrong], has_more: false, url: '/' })).toEqual([
      'payment_method.card.exp_year: missing',
      'payment_method.card.exp_month: must be integer, is "12"',
      expect.stringMatching(/^payment_method\.type: must be equal to one of the allowed values/),
    ]);
  });

  test('an expanded object is checked with the one that holds it', async () => {
    const { customer, method } = await saveCard(opened.stripe, 'pm_card_visa');
    const found = await opened.stripe.paymentMethods.retrieve(method, { expand: ['customer'] });
    expect(checkAnswer(found)).toEqual([]);
    expect(checkAnswer({ ...found, customer: { id: customer, object: 'customer' } })).toContain(
      'payment_method.customer.livemode: missing',
    );
  });

  test('an event is checked with the object it carries', async () => {
    await opened.stripe.customers.create();
    const [event] = (await opened.stripe.events.list({ type: 'customer.created' })).data;
    expect(checkAnswer(event)).toEqual([]);
    const data = { object: { ...event?.data.object, livemode: 'no' } };
    expect(checkAnswer({ ...event, data })).toEqual([
      'event: customer.livemode: must be boolean, is "no"',
    ]);
  });

  test('an object the SDK does not know is refused', () => {
    expect(checkAnswer({ object: 'wallet' })).toEqual([
      "There is no schema for the object 'wallet'.",
    ]);
  });
});
