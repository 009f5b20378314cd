import type Stripe from 'stripe';
import { checkAmount, checkCurrency } from '../check-amount.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { newId } from '../ids.ts';
import { hash, hashes, integer, missing, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';

/** What a payment session sells: items by `price_data`, all in one currency. */
export type Sale = { lineItems: Stripe.LineItem[]; currency: string; total: number };

/** Reads `line_items`; throws when there are none, over 100, or in several currencies. */
export function readSale(params: Params): Sale {
  const given = hashes(params, 'line_items');
  if (given === undefined || given.length === 0) throw missing('line_items');
  if (given.length > 100) {
    throw invalidRequest('You may pass at most 100 line items.', { param: 'line_items' });
  }
  const lineItems = given.map(readItem);
  const currency = lineItems[0]?.currency ?? '';
  if (lineItems.some((item) => item.currency !== currency)) {
    throw invalidRequest('All line items must have the same currency.', { param: 'line_items' });
  }
  const total = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  if (total > 0) checkAmount(total, currency);
  return { lineItems, currency, total };
}

function readItem(item: Params): Stripe.LineItem {
  const price = text(item, 'price');
  if (price !== undefined) throw resourceMissing('price', price, `${item.at}[price]`, 'body');
  const data = hash(item, 'price_data');
  if (data === undefined) throw missing(`${item.at}[price_data]`);
  const currency = checkCurrency(requiredText(data, 'currency'));
  const amount = integer(data, 'unit_amount');
  if (amount === undefined) throw missing(`${data.at}[unit_amount]`);
  const quantity = integer(item, 'quantity') ?? 1;
  if (amount < 0 || quantity < 1) {
    throw invalidRequest('Amounts and quantities of line items must be positive.', {
      param: item.at,
    });
  }
  const product = hash(data, 'product_data');
  if (product === undefined) throw missing(`${data.at}[product_data]`);
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount * quantity,
    amount_tax: 0,
    amount_total: amount * quantity,
    currency,
    description: requiredText(product, 'name'),
    metadata: null,
    price: null,
    quantity,
  };
}
