import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState, resourceMissing } from '../errors.ts';
import { getByParam, getByPath, save } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { flag, hash, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { makePrice } from './make-price.ts';
import { applyProductParams, makeProduct } from './make-product.ts';

function createProduct(account: Account, params: Params): Stripe.Product {
  const row = makeProduct(account, params);
  const priceData = hash(params, 'default_price_data');
  if (priceData === undefined) return row.object;
  const before = structuredClone(row.object);
  row.object.default_price = makePrice(account, row.object.id, priceData).object.id;
  save(account, 'product', row);
  emitEvent(account, 'product.updated', row.object, before);
  return row.object;
}

/** A deleted product is gone: 404, also when read. */
function getProduct(account: Account, id: string): Row<'product'> {
  const row = getByPath(account, 'product', id);
  if (row.hidden.deleted) throw resourceMissing('product', id, 'id', 'path');
  return row;
}

function updateProduct(account: Account, id: string, params: Params): Stripe.Product {
  const row = getProduct(account, id);
  const before = structuredClone(row.object);
  applyProductParams(row.object, params);
  const priceId = text(params, 'default_price');
  if (priceId !== undefined) {
    const { object: price } = getByParam(account, 'price', priceId, 'default_price');
    if (price.product !== id || !price.active) {
      throw invalidRequest('The default price must be an active price of this product.', {
        param: 'default_price',
      });
    }
    row.object.default_price = priceId;
  }
  row.object.updated = account.ctx.clock.seconds();
  save(account, 'product', row);
  emitEvent(account, 'product.updated', row.object, before);
  return row.object;
}

/** Only a product without prices can be deleted; the others are archived with `active=false`. */
function deleteProduct(account: Account, id: string): Stripe.DeletedProduct {
  const row = getProduct(account, id);
  const priced = account.ctx.store.page(account.id, 'price', {
    limit: 1,
    matches: ({ object }) => object.product === id,
  });
  if (priced.rows.length > 0) {
    throw refusedByState(
      'This product cannot be deleted because it has one or more user-created prices.',
    );
  }
  row.hidden.deleted = true;
  save(account, 'product', row);
  emitEvent(account, 'product.deleted', row.object);
  return { id, object: 'product', deleted: true };
}

function listProducts(account: Account, params: Params): Stripe.ApiList<Stripe.Product> {
  const active = flag(params, 'active');
  const shippable = flag(params, 'shippable');
  const ids = texts(params, 'ids');
  const url = text(params, 'url');
  const type = text(params, 'type');
  return listPage(account, 'product', '/v1/products', params, {
    ...(type === undefined ? {} : { kinds: [type] }),
    matches: ({ object }) =>
      (active === undefined || object.active === active) &&
      (shippable === undefined || object.shippable === shippable) &&
      (ids === undefined || ids.includes(object.id)) &&
      (url === undefined || object.url === url),
  });
}

export const PRODUCT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/products',
    answer: ({ account, params }) => createProduct(account, params),
  },
  {
    method: 'GET',
    path: '/v1/products',
    answer: ({ account, params }) => listProducts(account, params),
  },
  {
    method: 'GET',
    path: '/v1/products/:id',
    answer: (call) => getProduct(call.account, pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/products/:id',
    answer: (call) => updateProduct(call.account, pathId(call), call.params),
  },
  {
    method: 'DELETE',
    path: '/v1/products/:id',
    answer: (call) => deleteProduct(call.account, pathId(call)),
  },
];
