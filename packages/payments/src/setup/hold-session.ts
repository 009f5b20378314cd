import type { Row, Tx } from '@onfile/db/database.ts';
import { findCheckoutSession, lockCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { holdOwner } from '../customers/hold-owner.ts';

/** Reads the row and holds it, its customer first, as charges and removals do: no deadlock. */
export async function holdSession(
  tx: Tx,
  sessionId: string,
): Promise<{ session: Row<'checkoutSessions'>; customer: Row<'customers'> }> {
  const { customer } = await holdOwner(tx, () => findCheckoutSession(tx, sessionId));
  const session = await lockCheckoutSession(tx, sessionId);
  if (!session) throw new Error(`checkout session ${sessionId} is gone`);
  return { session, customer };
}
