import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { randomText } from '../ids.ts';
import { texts } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { accountView } from './account-view.ts';
import { applyAccountParams } from './apply-account-params.ts';
import { listAccounts } from './list-accounts.ts';

/** An account of the v2 API: whom v1 calls name as `customer_account` (stripe.md 10). */
function createAccount(account: Account, params: Params): object {
  const object: Stripe.V2.Core.Account = {
    id: `acct_1${randomText(15)}`,
    object: 'v2.core.account',
    applied_configurations: [],
    closed: false,
    created: new Date(account.ctx.clock.now()).toISOString(),
    livemode: false,
    metadata: {},
  };
  applyAccountParams(account, object, params);
  account.ctx.store.insert(account.id, 'v2.core.account', { object, hidden: {} });
  return accountView(object, params);
}

function requireOpen({ object }: Row<'v2.core.account'>): void {
  if (object.closed !== true) return;
  throw refusedByState(`Account '${object.id}' is closed and can no longer be operated on.`, {
    code: 'account_closed',
  });
}

function updateAccount(account: Account, id: string, params: Params): object {
  const row = getByPath(account, 'v2.core.account', id);
  requireOpen(row);
  applyAccountParams(account, row.object, params);
  save(account, 'v2.core.account', row);
  return accountView(row.object, params);
}

/** Ends an account; `applied_configurations`, when given, must name all that it has. */
function closeAccount(account: Account, id: string, params: Params): object {
  const row = getByPath(account, 'v2.core.account', id);
  requireOpen(row);
  const named = texts(params, 'applied_configurations');
  const applied = row.object.applied_configurations;
  if (named !== undefined && applied.some((name) => !named.includes(name))) {
    throw invalidRequest(
      `All configurations of the account must be closed together: ${applied.join(', ')}.`,
      { param: 'applied_configurations' },
    );
  }
  row.object.closed = true;
  row.object.applied_configurations = [];
  save(account, 'v2.core.account', row);
  return accountView(row.object, params);
}

export const V2_ACCOUNT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v2/core/accounts',
    json: true,
    answer: ({ account, params }) => createAccount(account, params),
  },
  {
    method: 'GET',
    path: '/v2/core/accounts',
    more: ['page'],
    answer: ({ account, params }) => listAccounts(account, params),
  },
  {
    method: 'GET',
    path: '/v2/core/accounts/:id',
    answer: (call) =>
      accountView(getByPath(call.account, 'v2.core.account', pathId(call)).object, call.params),
  },
  {
    method: 'POST',
    path: '/v2/core/accounts/:id',
    json: true,
    answer: (call) => updateAccount(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v2/core/accounts/:id/close',
    json: true,
    answer: (call) => closeAccount(call.account, pathId(call), call.params),
  },
];
