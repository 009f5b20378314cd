import type Stripe from 'stripe';
import type { Account } from './context.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { hash, integer, text } from './params.ts';
import type { Params } from './params.ts';
import type { PageQuery } from './store.ts';
import type { StoredObjects, StoredType } from './stored-objects.ts';

/** One page of a list, newest first: `limit` 1 to 100 (10), `starting_after` or `ending_before` an id. */
export function listPage<T extends StoredType>(
  account: Account,
  type: T,
  url: string,
  params: Params,
  filter: Omit<PageQuery<T>, 'limit' | 'after' | 'before' | 'created'> = {},
): Stripe.ApiList<StoredObjects[T]> {
  const limit = readLimit(params);
  const after = cursor(account, type, params, 'starting_after');
  const before = cursor(account, type, params, 'ending_before');
  if (after !== undefined && before !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: starting_after, ending_before.',
      { code: 'parameters_exclusive', param: 'starting_after' },
    );
  }
  const created = createdRange(params);
  const { rows, hasMore } = account.ctx.store.page(account.id, type, {
    ...filter,
    ...(created === undefined ? {} : { created }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    limit,
  });
  return { object: 'list', data: rows.map((row) => row.object), has_more: hasMore, url };
}

/** `limit`: 1 to 100, 10 when absent. */
export function readLimit(params: Params): number {
  const limit = integer(params, 'limit') ?? 10;
  if (limit >= 1 && limit <= 100) return limit;
  throw invalidRequest('Invalid limit: must be between 1 and 100', {
    param: 'limit',
    code: 'parameter_invalid_integer',
  });
}

function cursor<T extends StoredType>(
  account: Account,
  type: T,
  params: Params,
  name: 'starting_after' | 'ending_before',
): string | undefined {
  const id = text(params, name);
  if (id !== undefined && account.ctx.store.find(account.id, type, id) === undefined) {
    throw resourceMissing(type, id, name, 'body');
  }
  return id;
}

/** `created=123` is an exact second, `created[gte]=…` a range. */
function createdRange(params: Params): PageQuery<StoredType>['created'] {
  if (params.values.created === undefined) return undefined;
  if (typeof params.values.created === 'string') {
    const second = integer(params, 'created') ?? 0;
    return { gte: second, lte: second };
  }
  const range = hash(params, 'created');
  if (range === undefined) return undefined;
  const bounds: NonNullable<PageQuery<StoredType>['created']> = {};
  for (const bound of ['gt', 'gte', 'lt', 'lte'] as const) {
    const second = integer(range, bound);
    if (second !== undefined) bounds[bound] = second;
  }
  return bounds;
}
