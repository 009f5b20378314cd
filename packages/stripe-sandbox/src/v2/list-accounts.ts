import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { readLimit } from '../list-page.ts';
import { flag, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { accountView } from './account-view.ts';

type Cursor = { after: string } | { before: string };
type V2Page = {
  data: object[];
  next_page_url: string | null;
  previous_page_url: string | null;
};

/**
 * One page of accounts, newest first. Unlike in v1, an answer carries the whole address of the pages
 * beside it. Closed accounts are listed only with `closed=true`.
 */
export function listAccounts(account: Account, params: Params): V2Page {
  const closed = flag(params, 'closed') ?? false;
  const wanted = texts(params, 'applied_configurations') ?? [];
  const cursor = readCursor(account, params);
  const limit = readLimit(params);
  const { rows, hasMore } = account.ctx.store.page(account.id, 'v2.core.account', {
    limit,
    ...cursor,
    matches: ({ object }) =>
      (object.closed ?? false) === closed &&
      wanted.every((name) => object.applied_configurations.some((applied) => applied === name)),
  });
  const backwards = cursor !== undefined && 'before' in cursor;
  const [first, last] = [rows[0]?.object.id, rows.at(-1)?.object.id];
  const older = (backwards || hasMore) && last !== undefined;
  const newer = (backwards ? hasMore : cursor !== undefined) && first !== undefined;
  return {
    data: rows.map(({ object }) => accountView(object, { values: {}, at: '' })),
    next_page_url: older ? pageUrl(params, limit, { after: last }) : null,
    previous_page_url: newer ? pageUrl(params, limit, { before: first }) : null,
  };
}

function pageUrl(params: Params, limit: number, cursor: Cursor): string {
  const query = new URLSearchParams({ limit: String(limit) });
  const closed = flag(params, 'closed');
  if (closed !== undefined) query.set('closed', String(closed));
  texts(params, 'applied_configurations')?.forEach((name, index) => {
    query.set(`applied_configurations[${String(index)}]`, name);
  });
  query.set('page', Buffer.from(JSON.stringify(cursor)).toString('base64url'));
  return `/v2/core/accounts?${query.toString()}`;
}

function readCursor(account: Account, params: Params): Cursor | undefined {
  const token = text(params, 'page');
  if (token === undefined) return undefined;
  const written = Buffer.from(token, 'base64url').toString('utf8');
  const match = /^\{"(after|before)":"(acct_[A-Za-z0-9]+)"\}$/.exec(written);
  const id = match?.[2] ?? '';
  if (account.ctx.store.find(account.id, 'v2.core.account', id) === undefined) {
    throw invalidRequest('Invalid page token: use the address of a page as it was given.', {
      param: 'page',
    });
  }
  return match?.[1] === 'before' ? { before: id } : { after: id };
}
