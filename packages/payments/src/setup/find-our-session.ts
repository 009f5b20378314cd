import type Stripe from 'stripe';
import type { Db, Row } from '@onfile/db/database.ts';
import {
  findCheckoutSessionByStripeId,
  lockCheckoutSession,
  updateCheckoutSession,
} from '@onfile/db/tables/checkout-sessions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';

/** Our row of a Checkout Session, also when the webhook overtakes the answer of the create call. */
export async function findOurSession(
  db: Db,
  session: Pick<Stripe.Checkout.Session, 'id' | 'client_reference_id'>,
): Promise<Row<'checkoutSessions'> | undefined> {
  const known = await findCheckoutSessionByStripeId(db, session.id);
  if (known) return known;
  const id = session.client_reference_id;
  if (!id) return undefined;
  return inTransaction(db, async (tx) => {
    const row = await lockCheckoutSession(tx, id);
    if (!row || (row.stripeSessionId && row.stripeSessionId !== session.id)) return undefined;
    await updateCheckoutSession(tx, id, { stripeSessionId: session.id });
    return { ...row, stripeSessionId: session.id };
  });
}
