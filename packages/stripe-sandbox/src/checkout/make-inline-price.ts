import type Stripe from 'stripe';
import { checkCurrency } from '../check-amount.ts';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { getByParam } from '../get-object.ts';
import { newId } from '../ids.ts';
import { hash, missing, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import { applyProductParams } from '../resources/make-product.ts';
import { readRecurring, readUnitAmount } from '../resources/read-price.ts';

/**
 * The price behind `price_data`: it can be retrieved like any other, but is not offered again (inactive).
 * Its product is the one named, or a new one from `product_data`.
 */
export function makeInlinePrice(account: Account, data: Params): Stripe.Price {
  const unit = readUnitAmount(data);
  if (unit === undefined) throw missing(`${data.at}[unit_amount]`);
  const recurring = readRecurring(data);
  const price: Stripe.Price = {
    id: newId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: account.ctx.clock.seconds(),
    currency: checkCurrency(requiredText(data, 'currency')),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: productOf(account, data),
    recurring,
    tax_behavior: text(data, 'tax_behavior') ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring === null ? 'one_time' : 'recurring',
    ...unit,
  };
  const hidden = { tiers: null, currencyOptions: {} };
  account.ctx.store.insert(account.id, 'price', { object: price, hidden });
  return price;
}

function productOf(account: Account, data: Params): string {
  const id = text(data, 'product');
  const inline = hash(data, 'product_data');
  if (id !== undefined && inline !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: product, product_data.', {
      code: 'parameters_exclusive',
      param: `${data.at}[product]`,
    });
  }
  if (id !== undefined) return getByParam(account, 'product', id, `${data.at}[product]`).object.id;
  if (inline === undefined) throw missing(`${data.at}[product_data]`);
  return makeInlineProduct(account, inline);
}

function makeInlineProduct(account: Account, given: Params): string {
  const now = account.ctx.clock.seconds();
  const product: Stripe.Product = {
    id: newId('prod').slice(0, 19),
    object: 'product',
    active: false,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: requiredText(given, 'name'),
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
  };
  applyProductParams(product, given);
  account.ctx.store.insert(account.id, 'product', { object: product, hidden: { deleted: false } });
  return product.id;
}
