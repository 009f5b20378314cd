import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import type { Row } from '../stored-objects.ts';

type Typed = { address: Stripe.Address | null; email: string | null; name: string | null };

/**
 * Writes onto the session's Customer what the shopper typed: the e-mail where it had none, name and
 * address where `customer_update` says so (stripe.md 2.3). Event: customer.updated.
 */
export function updateSessionCustomer(
  account: Account,
  session: Row<'checkout.session'>,
  typed: Typed,
): void {
  const id = idOf(session.object.customer);
  const row = id === null ? undefined : account.ctx.store.find(account.id, 'customer', id);
  if (row === undefined || row.hidden.deleted) return;
  const before = structuredClone(row.object);
  const { customerUpdate } = session.hidden;
  if (row.object.email === null && session.object.mode === 'payment')
    row.object.email = typed.email;
  if (customerUpdate.name && typed.name !== null) row.object.name = typed.name;
  if (customerUpdate.address && typed.address !== null) row.object.address = typed.address;
  if (JSON.stringify(before) === JSON.stringify(row.object)) return;
  save(account, 'customer', row);
  emitEvent(account, 'customer.updated', row.object, before);
}
