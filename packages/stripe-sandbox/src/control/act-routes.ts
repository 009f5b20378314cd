import { findOwner } from '../context.ts';
import type { Account, SandboxContext } from '../context.ts';
import { resourceMissing } from '../errors.ts';
import { flag, integer, missing, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import { closeDispute } from '../resources/disputes/close-dispute.ts';
import { openDispute } from '../resources/disputes/open-dispute.ts';
import { deactivateMandate } from '../resources/mandates.ts';
import { updateCardAutomatically } from '../resources/update-card-automatically.ts';
import type { ControlApp } from './control-app.ts';
import { readControlBody } from './read-control-body.ts';

/** What one act does, inside a transaction of its own; gives the object it leaves. */
type Act = (account: Account, id: string, params: Params) => object;

const REASONS = [
  'bank_cannot_process',
  'check_returned',
  'credit_not_processed',
  'customer_initiated',
  'debit_not_authorized',
  'duplicate',
  'fraudulent',
  'general',
  'incorrect_account_details',
  'insufficient_funds',
  'noncompliant',
  'product_not_received',
  'product_unacceptable',
  'subscription_canceled',
  'unrecognized',
] as const;

/** What banks and card networks do without being asked: one path for each. */
const ACTS: { [path: string]: { known: readonly string[]; act: Act } } = {
  '/payment_methods/:id/update': {
    known: ['exp_month', 'exp_year', 'last4'],
    act: (account, id, params) =>
      updateCardAutomatically(account, id, {
        month: integer(params, 'exp_month'),
        year: integer(params, 'exp_year'),
        last4: text(params, 'last4'),
      }),
  },
  '/mandates/:id/revoke': {
    known: [],
    act: (account, id) => deactivateMandate(account, id),
  },
  '/charges/:id/dispute': {
    known: ['reason', 'inquiry'],
    act: (account, id, params) =>
      openDispute(account, id, {
        reason: oneOf(params, 'reason', REASONS) ?? 'fraudulent',
        inquiry: flag(params, 'inquiry') ?? false,
      }),
  },
  '/disputes/:id/close': {
    known: ['status'],
    act(account, id, params) {
      const status = oneOf(params, 'status', ['won', 'lost', 'warning_closed'] as const);
      if (status === undefined) throw missing('status');
      return closeDispute(account, id, status);
    },
  },
};

export function registerActs(app: ControlApp, ctx: SandboxContext): void {
  for (const [path, { known, act }] of Object.entries(ACTS)) {
    app.post(path, async (c) => {
      const id = c.req.param('id') ?? '';
      const params = await readControlBody(c, known);
      const account = findOwner(ctx, id);
      if (account === undefined) throw resourceMissing('object', id, 'id', 'path');
      return c.json(ctx.store.transaction(() => act(account, id, params)));
    });
  }
}
