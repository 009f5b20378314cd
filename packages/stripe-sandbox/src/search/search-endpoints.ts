import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest } from '../errors.ts';
import { readLimit } from '../list-page.ts';
import { requiredText, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import type { StoredObjects } from '../stored-objects.ts';
import { checkClause, clauseHolds } from './match-clause.ts';
import type { Searchable } from './match-clause.ts';
import { parseQuery } from './parse-query.ts';

const TYPES = {
  charges: 'charge',
  customers: 'customer',
  payment_intents: 'payment_intent',
  prices: 'price',
  products: 'product',
} as const;

type Found = StoredObjects[(typeof TYPES)[Searchable]];

/**
 * One page of what a query finds, newest first; `page` is the `next_page` of the one before. It finds
 * what is true now: Stripe's own index follows a minute behind (stripe.md 4.12).
 */
function search(
  account: Account,
  resource: Searchable,
  params: Params,
): Stripe.ApiSearchResult<Found> {
  const written = requiredText(params, 'query');
  const { clauses, every } = parseQuery(written);
  for (const clause of clauses) checkClause(resource, clause);
  const matches = ({ object }: { object: object }): boolean =>
    every
      ? clauses.every((clause) => clauseHolds(clause, object))
      : clauses.some((clause) => clauseHolds(clause, object));
  const type = TYPES[resource];
  const { store } = account.ctx;
  const after = readPageToken(account, type, written, params);
  const limit = readLimit(params);
  const { rows, hasMore } = store.page(account.id, type, {
    matches,
    limit,
    ...(after === undefined ? {} : { after }),
  });
  const last = rows.at(-1);
  const counted = texts(params, 'expand')?.includes('total_count') === true;
  return {
    object: 'search_result',
    data: rows.map(({ object }) => object),
    has_more: hasMore,
    next_page: hasMore && last !== undefined ? pageToken(written, last.object.id) : null,
    url: `/v1/${resource}/search`,
    ...(counted
      ? { total_count: store.page(account.id, type, { matches, limit: 10_000 }).rows.length }
      : {}),
  };
}

/** A page token names the last object of its page, and belongs to one query. */
function pageToken(query: string, lastId: string): string {
  return Buffer.from(`${digest(query)}:${lastId}`).toString('base64url');
}

function digest(query: string): string {
  return createHash('sha256').update(query).digest('base64url').slice(0, 12);
}

function readPageToken(
  account: Account,
  type: (typeof TYPES)[Searchable],
  query: string,
  params: Params,
): string | undefined {
  const token = text(params, 'page');
  if (token === undefined) return undefined;
  const [forQuery, id = ''] = Buffer.from(token, 'base64url').toString('utf8').split(':', 2);
  if (forQuery === digest(query) && account.ctx.store.find(account.id, type, id) !== undefined) {
    return id;
  }
  throw invalidRequest('Invalid page token: use the `next_page` of a search with the same query.', {
    param: 'page',
  });
}

/** Listed before the routes with an id, which would take `search` for one. */
export const SEARCH_ENDPOINTS: readonly Endpoint[] = (
  ['charges', 'customers', 'payment_intents', 'prices', 'products'] as const
).map((resource) => ({
  method: 'GET',
  path: `/v1/${resource}/search`,
  answer: ({ account, params }) => search(account, resource, params),
}));
