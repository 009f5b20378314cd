import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';

/**
 * The saved cards that a session's page offers, newest first: only cards, only in payment mode, and only
 * those that `allow_redisplay_filters` lets through (stripe.md 2.5).
 */
export function offeredMethods(
  account: Account,
  session: Stripe.Checkout.Session,
): Row<'payment_method'>[] {
  const customer = ownerIdOf(session);
  if (session.mode !== 'payment' || customer === null) return [];
  const filters = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
  const { rows } = account.ctx.store.page(account.id, 'payment_method', {
    customer,
    limit: 20,
    matches: ({ object }) =>
      object.type === 'card' && filters.includes(object.allow_redisplay ?? 'unspecified'),
  });
  return rows;
}
