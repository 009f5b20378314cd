import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByParam, getByPath, save } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, has, hash, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { makePrice, takeLookupKey } from './make-price.ts';
import { makeProduct } from './make-product.ts';
import { readCurrencyOptions } from './read-price.ts';

function createPrice(account: Account, params: Params): Stripe.Price {
  const productId = text(params, 'product');
  const data = hash(params, 'product_data');
  if ((productId === undefined) === (data === undefined)) {
    throw invalidRequest('You must specify either `product` or `product_data`, and not both.', {
      param: 'product',
    });
  }
  const product =
    data === undefined
      ? getByParam(account, 'product', productId ?? '', 'product')
      : makeProduct(account, data);
  return makePrice(account, product.object.id, params).object;
}

/** What was bought cannot change: a price's amount, currency and interval are for ever. */
function updatePrice(account: Account, id: string, params: Params): Stripe.Price {
  const row = getByPath(account, 'price', id);
  const before = structuredClone(row.object);
  const active = flag(params, 'active');
  if (active === false) refuseIfDefault(account, row.object);
  if (active !== undefined) row.object.active = active;
  const nickname = clearable(params, 'nickname');
  if (nickname !== undefined) row.object.nickname = nickname;
  const taxBehavior = text(params, 'tax_behavior');
  if (taxBehavior !== undefined && taxBehavior !== row.object.tax_behavior) {
    if (row.object.tax_behavior !== 'unspecified') {
      throw refusedByState('The `tax_behavior` of a price cannot be changed once it is set.', {
        param: 'tax_behavior',
      });
    }
    row.object.tax_behavior = taxBehavior;
  }
  row.object.metadata = mergeMetadata(params, row.object.metadata);
  takeLookupKey(account, row.object, params);
  row.hidden.currencyOptions = readCurrencyOptions(params) ?? row.hidden.currencyOptions;
  save(account, 'price', row);
  emitEvent(account, 'price.updated', row.object, before);
  return row.object;
}

function refuseIfDefault(account: Account, price: Stripe.Price): void {
  const productId = typeof price.product === 'string' ? price.product : price.product.id;
  const product = account.ctx.store.find(account.id, 'product', productId);
  if (product?.object.default_price !== price.id) return;
  throw refusedByState(
    'This price cannot be archived because it is the default price of its product.',
    { param: 'active' },
  );
}

function listPrices(account: Account, params: Params): Stripe.ApiList<Stripe.Price> {
  const active = flag(params, 'active');
  const currency = text(params, 'currency');
  const keys = texts(params, 'lookup_keys');
  if (keys !== undefined && keys.length > 10) {
    throw invalidRequest('You may pass at most 10 lookup keys.', { param: 'lookup_keys' });
  }
  const product = text(params, 'product');
  const type = text(params, 'type');
  const recurring = hash(params, 'recurring');
  const interval = recurring === undefined ? undefined : text(recurring, 'interval');
  const usage = recurring === undefined ? undefined : text(recurring, 'usage_type');
  return listPage(account, 'price', '/v1/prices', params, {
    ...(type === undefined ? {} : { kinds: [type] }),
    matches: ({ object }) =>
      (active === undefined || object.active === active) &&
      (currency === undefined || object.currency === currency.toLowerCase()) &&
      (keys === undefined || (object.lookup_key !== null && keys.includes(object.lookup_key))) &&
      (product === undefined || object.product === product) &&
      (interval === undefined || object.recurring?.interval === interval) &&
      (usage === undefined || object.recurring?.usage_type === usage) &&
      (!has(params, 'recurring') || object.recurring !== null),
  });
}

export const PRICE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/prices',
    answer: ({ account, params }) => createPrice(account, params),
  },
  {
    method: 'GET',
    path: '/v1/prices',
    answer: ({ account, params }) => listPrices(account, params),
  },
  {
    method: 'GET',
    path: '/v1/prices/:id',
    answer: (call) => getByPath(call.account, 'price', pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/prices/:id',
    answer: (call) => updatePrice(call.account, pathId(call), call.params),
  },
];
