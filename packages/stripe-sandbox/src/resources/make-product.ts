import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { isTaken } from '../get-object.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, has, hash, hashes, oneOf, requiredText, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';

/** A product, under an id of the caller's choice if it likes. Event: product.created. */
export function makeProduct(account: Account, params: Params): Row<'product'> {
  const now = account.ctx.clock.seconds();
  const id = text(params, 'id') ?? newId('prod').slice(0, 19);
  if (isTaken(account, id)) {
    throw refusedByState(`Product already exists.`, {
      code: 'resource_already_exists',
      param: 'id',
    });
  }
  const product: Stripe.Product = {
    id,
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: requiredText(params, 'name'),
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: oneOf(params, 'type', ['good', 'service']) ?? 'service',
    unit_label: null,
    updated: now,
    url: null,
  };
  applyProductParams(product, params);
  const row: Row<'product'> = { object: product, hidden: { deleted: false } };
  account.ctx.store.insert(account.id, 'product', row);
  emitEvent(account, 'product.created', product);
  return row;
}

/** What both create and update may set. */
export function applyProductParams(product: Stripe.Product, params: Params): void {
  product.name = text(params, 'name') ?? product.name;
  product.active = flag(params, 'active') ?? product.active;
  product.shippable = flag(params, 'shippable') ?? product.shippable;
  for (const name of ['description', 'statement_descriptor', 'unit_label', 'url'] as const) {
    const value = clearable(params, name);
    if (value !== undefined) product[name] = value;
  }
  const taxCode = clearable(params, 'tax_code');
  if (taxCode !== undefined) product.tax_code = taxCode;
  if (has(params, 'images')) product.images = texts(params, 'images') ?? [];
  if (product.images.length > 8) {
    throw invalidRequest('You may pass at most 8 images.', { param: 'images' });
  }
  if (has(params, 'marketing_features')) {
    const features = hashes(params, 'marketing_features') ?? [];
    product.marketing_features = features.map((one) => ({ name: requiredText(one, 'name') }));
  }
  if (has(params, 'package_dimensions')) product.package_dimensions = readDimensions(params);
  product.metadata = mergeMetadata(params, product.metadata);
}

function readDimensions(params: Params): Stripe.Product.PackageDimensions | null {
  const given = hash(params, 'package_dimensions');
  if (given === undefined) return null;
  const inches = (name: string): number => Number(given.values[name]);
  return {
    height: inches('height'),
    length: inches('length'),
    weight: inches('weight'),
    width: inches('width'),
  };
}
