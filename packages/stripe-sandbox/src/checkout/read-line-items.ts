import type Stripe from 'stripe';
import { checkAmount, checkCurrency } from '../check-amount.ts';
import type { Account } from '../context.ts';
import { invalidRequest, refusedByState, resourceMissing } from '../errors.ts';
import { getByParam } from '../get-object.ts';
import { idOf, newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { flag, has, hash, hashes, integer, missing, requiredText, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { makeInlinePrice } from './make-inline-price.ts';

/** What a payment session sells, all in one currency. Amounts in its minor unit. */
export type Sale = { lineItems: Stripe.LineItem[]; currency: string; total: number };

const MOST_ITEMS = 100;
const MOST_QUANTITY = 999_999;

/**
 * Reads `line_items`; throws when there are none, over 100, or in several currencies. On an update an
 * item keeps what it had where its `id` is given without more (`current`).
 */
export function readSale(
  account: Account,
  params: Params,
  current: readonly Stripe.LineItem[] = [],
): Sale {
  const given = hashes(params, 'line_items');
  if (given === undefined || given.length === 0) throw missing('line_items');
  if (given.length > MOST_ITEMS) {
    throw invalidRequest('You may pass at most 100 line items.', { param: 'line_items' });
  }
  const lineItems = given.map((item) => readItem(account, item, current));
  const currency = lineItems[0]?.currency ?? '';
  if (lineItems.some((item) => item.currency !== currency)) {
    throw invalidRequest('All line items must have the same currency.', { param: 'line_items' });
  }
  const total = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  if (total > 0) checkAmount(total, currency);
  return { lineItems, currency, total };
}

function readItem(
  account: Account,
  item: Params,
  current: readonly Stripe.LineItem[],
): Stripe.LineItem {
  const id = text(item, 'id');
  const before = id === undefined ? undefined : current.find((known) => known.id === id);
  if (id !== undefined && before === undefined) {
    throw resourceMissing('line item', id, `${item.at}[id]`, 'body');
  }
  refuseTaxRates(item);
  const price = readPrice(account, item, before);
  const quantity = integer(item, 'quantity') ?? before?.quantity ?? undefined;
  if (quantity === undefined) throw missing(`${item.at}[quantity]`);
  if (quantity < 1 || quantity > MOST_QUANTITY) {
    throw invalidRequest(`Invalid quantity: must be between 1 and ${String(MOST_QUANTITY)}`, {
      code: 'parameter_invalid_integer',
      param: `${item.at}[quantity]`,
    });
  }
  const amount = Math.round(Number(price.unit_amount_decimal ?? price.unit_amount ?? 0) * quantity);
  return {
    id: before?.id ?? newId('li'),
    object: 'item',
    adjustable_quantity: readAdjustable(item, quantity) ?? before?.adjustable_quantity ?? null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: nameOf(account, price) ?? before?.description ?? null,
    metadata: has(item, 'metadata') ? mergeMetadata(item, before?.metadata ?? {}) : {},
    price,
    quantity,
  };
}

function refuseTaxRates(item: Params): void {
  const [rate] = texts(item, 'tax_rates') ?? [];
  if (rate === undefined) return;
  throw resourceMissing('tax rate', rate, `${item.at}[tax_rates][0]`, 'body');
}

/** One of `price` and `price_data`; recurring prices are for subscriptions. */
function readPrice(
  account: Account,
  item: Params,
  before: Stripe.LineItem | undefined,
): Stripe.Price {
  const id = text(item, 'price');
  const data = hash(item, 'price_data');
  if (id !== undefined && data !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: price, price_data.', {
      code: 'parameters_exclusive',
      param: `${item.at}[price]`,
    });
  }
  if (id !== undefined)
    return sellable(
      getByParam(account, 'price', id, `${item.at}[price]`).object,
      `${item.at}[price]`,
    );
  if (data !== undefined) {
    checkCurrency(requiredText(data, 'currency'));
    return sellable(makeInlinePrice(account, data), `${data.at}[recurring]`);
  }
  const kept = before?.price ?? null;
  if (kept !== null) return kept;
  throw missing(`${item.at}[price_data]`);
}

function sellable(price: Stripe.Price, param: string): Stripe.Price {
  if (price.recurring !== null) {
    throw invalidRequest(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      { param },
    );
  }
  if (!price.active && param.endsWith('[price]')) {
    throw refusedByState(
      'The price specified is inactive. This field only accepts active prices.',
      { param },
    );
  }
  if (price.billing_scheme === 'tiered' || price.custom_unit_amount !== null) {
    throw invalidRequest('The sandbox sells prices with one amount only.', { param });
  }
  return price;
}

function nameOf(account: Account, price: Stripe.Price): string | null {
  const product = idOf(price.product) ?? '';
  return account.ctx.store.find(account.id, 'product', product)?.object.name ?? null;
}

/** `adjustable_quantity`: up to 99 unless it says otherwise, and the quantity within its bounds. */
function readAdjustable(item: Params, quantity: number): Stripe.LineItem['adjustable_quantity'] {
  const given = hash(item, 'adjustable_quantity');
  if (given === undefined) return null;
  const enabled = flag(given, 'enabled') ?? false;
  const minimum = integer(given, 'minimum') ?? 0;
  const maximum = integer(given, 'maximum') ?? 99;
  const wrong =
    maximum < 1 || maximum > MOST_QUANTITY
      ? 'maximum'
      : minimum < 0 || minimum > maximum
        ? 'minimum'
        : undefined;
  if (wrong !== undefined) {
    throw invalidRequest(`Invalid ${wrong} of an adjustable quantity.`, {
      param: `${given.at}[${wrong}]`,
    });
  }
  if (enabled && (quantity < minimum || quantity > maximum)) {
    throw invalidRequest('The quantity must be within the bounds of `adjustable_quantity`.', {
      param: `${item.at}[quantity]`,
    });
  }
  return { enabled, maximum: enabled ? maximum : null, minimum: enabled ? minimum : null };
}
