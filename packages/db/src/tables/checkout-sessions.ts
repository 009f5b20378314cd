import type { Updateable } from 'kysely';
import type { Db, Instant, NewRow, Row, Schema } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';

export function findCheckoutSession(
  db: Db,
  id: string,
): Promise<Row<'checkoutSessions'> | undefined> {
  return db.selectFrom('checkoutSessions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Reads the row and holds it: the return page and the webhook settle one after the other. */
export function lockCheckoutSession(
  db: Db,
  id: string,
): Promise<Row<'checkoutSessions'> | undefined> {
  const query = db.selectFrom('checkoutSessions').selectAll().where('id', '=', id);
  return forUpdate(db, query).executeTakeFirst();
}

export function findCheckoutSessionByStripeId(
  db: Db,
  stripeSessionId: string,
): Promise<Row<'checkoutSessions'> | undefined> {
  return db
    .selectFrom('checkoutSessions')
    .selectAll()
    .where('stripeSessionId', '=', stripeSessionId)
    .executeTakeFirst();
}

export async function insertCheckoutSession(
  db: Db,
  row: NewRow<'checkoutSessions'>,
): Promise<void> {
  await db.insertInto('checkoutSessions').values(row).execute();
}

export async function updateCheckoutSession(
  db: Db,
  id: string,
  change: Updateable<Schema['checkoutSessions']>,
): Promise<void> {
  await db.updateTable('checkoutSessions').set(change).where('id', '=', id).execute();
}

/** Writes which Session Stripe made; one that has moved on already stays as it is. */
export async function openCheckoutSession(
  db: Db,
  id: string,
  stripeSessionId: string,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('checkoutSessions')
    .set({ stripeSessionId, status: 'open', updatedAt: now })
    .where('id', '=', id)
    .where('status', '=', 'creating')
    .execute();
}

/** Sessions in which a payment may still be paid: made, and not known to have ended. */
export function listOpenSessionsOf(db: Db, paymentId: string): Promise<Row<'checkoutSessions'>[]> {
  return db
    .selectFrom('checkoutSessions')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .where('mode', '=', 'payment')
    .where('status', 'in', ['creating', 'open'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}
