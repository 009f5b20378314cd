import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { LEAST, refusedSession, testRefusals } from './refused-session.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

describe('what is bought', () => {
  const buy = (item: object): object => ({ ...LEAST.payment, line_items: [item] });
  testRefusals(
    () => opened,
    [
      [
        'nothing',
        { ...LEAST.payment, line_items: [] },
        'Missing required param: line_items.',
        'line_items',
      ],
      [
        '101 items',
        { ...LEAST.payment, line_items: Array.from({ length: 101 }, () => LEAST.item) },
        'at most 100 line items',
        'line_items',
      ],
      [
        'no quantity',
        buy({ price_data: LEAST.price }),
        'Missing required param: line_items[0][quantity].',
        'line_items[0][quantity]',
      ],
      [
        'no item',
        buy({ ...LEAST.item, quantity: 0 }),
        'Invalid quantity',
        'line_items[0][quantity]',
      ],
      [
        'no price',
        buy({ quantity: 1 }),
        'Missing required param: line_items[0][price_data].',
        'line_items[0][price_data]',
      ],
      [
        'an unknown price',
        buy({ quantity: 1, price: 'price_x' }),
        "No such price: 'price_x'",
        'line_items[0][price]',
      ],
      [
        'two prices',
        buy({ ...LEAST.item, price: 'price_x' }),
        'You may only specify one of these parameters: price, price_data.',
        'line_items[0][price]',
      ],
      [
        'a price without an amount',
        buy({ quantity: 1, price_data: { ...LEAST.price, unit_amount: undefined } }),
        'Missing required param: line_items[0][price_data][unit_amount].',
        'line_items[0][price_data][unit_amount]',
      ],
      [
        'two amounts',
        buy({ quantity: 1, price_data: { ...LEAST.price, unit_amount_decimal: '1.5' } }),
        'You may only specify one of these parameters: unit_amount, unit_amount_decimal.',
        'line_items[0][price_data][unit_amount]',
      ],
      [
        'an unknown product',
        buy({ quantity: 1, price_data: { currency: 'usd', unit_amount: 100, product: 'prod_x' } }),
        "No such product: 'prod_x'",
        'line_items[0][price_data][product]',
      ],
      [
        'no product',
        buy({ quantity: 1, price_data: { currency: 'usd', unit_amount: 100 } }),
        'Missing required param: line_items[0][price_data][product_data].',
        'line_items[0][price_data][product_data]',
      ],
      [
        'a subscription price',
        buy({ quantity: 1, price_data: { ...LEAST.price, recurring: { interval: 'month' } } }),
        'You specified `payment` mode but passed a recurring price.',
        'line_items[0][price_data][recurring]',
      ],
      [
        'two currencies',
        {
          ...LEAST.payment,
          line_items: [
            LEAST.item,
            { ...LEAST.item, price_data: { ...LEAST.price, currency: 'eur' } },
          ],
        },
        'All line items must have the same currency.',
        'line_items',
      ],
      [
        'another currency than the items',
        { ...LEAST.payment, currency: 'eur' },
        'must be the currency of the line items',
        'currency',
      ],
      [
        'a currency that is none',
        buy({ quantity: 1, price_data: { ...LEAST.price, currency: 'xyz' } }),
        'Invalid currency: xyz',
        'currency',
      ],
      [
        'too little',
        buy({ quantity: 1, price_data: { ...LEAST.price, unit_amount: 49 } }),
        'Amount must be at least',
        'amount',
      ],
      [
        'too much',
        buy({ quantity: 2, price_data: { ...LEAST.price, unit_amount: 99_999_999 } }),
        'no more than',
        'amount',
      ],
      [
        'a quantity outside its own bounds',
        buy({ ...LEAST.item, adjustable_quantity: { enabled: true, minimum: 2 } }),
        'within the bounds of `adjustable_quantity`',
        'line_items[0][quantity]',
      ],
      [
        'an unknown coupon',
        { ...LEAST.payment, discounts: [{ coupon: 'half' }] },
        "No such coupon: 'half'",
        'discounts[0][coupon]',
      ],
      [
        'a coupon and a field for one',
        { ...LEAST.payment, allow_promotion_codes: true, discounts: [{ coupon: 'half' }] },
        'You may only specify one of these parameters: allow_promotion_codes, discounts.',
        'allow_promotion_codes',
      ],
      [
        'a long statement descriptor',
        { ...LEAST.payment, payment_intent_data: { statement_descriptor: 'x'.repeat(23) } },
        'at most 22 characters',
        'payment_intent_data[statement_descriptor]',
      ],
    ],
  );

  test('a retired price', async () => {
    const { stripe } = opened;
    const product = await stripe.products.create({ name: 'A print' });
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 500,
    });
    await stripe.prices.update(price.id, { active: false });
    const error = await refusedSession(opened, buy({ quantity: 1, price: price.id }));
    expect(error).toMatchObject({ statusCode: 400, param: 'line_items[0][price]' });
    expect(error.message).toContain('This field only accepts active prices.');
  });
});
