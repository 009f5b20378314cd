import { sql } from 'kysely';
import type { Updateable } from 'kysely';
import type { Db, Instant, NewRow, Row, Schema } from '../database.ts';

export function findAttempt(db: Db, id: string): Promise<Row<'attempts'> | undefined> {
  return db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Every attempt of a payment, oldest first. */
export function listAttempts(db: Db, paymentId: string): Promise<Row<'attempts'>[]> {
  return db
    .selectFrom('attempts')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .orderBy('number')
    .execute();
}

/** @throws the database's unique violation when an attempt of this payment is open */
export async function insertAttempt(db: Db, row: NewRow<'attempts'>): Promise<void> {
  await db.insertInto('attempts').values(row).execute();
}

/** Writes on an attempt that is still open; a settled one is final and stays as it is. */
export async function updateOpenAttempt(
  db: Db,
  id: string,
  change: Updateable<Schema['attempts']>,
): Promise<void> {
  await db
    .updateTable('attempts')
    .set(change)
    .where('id', '=', id)
    .where('status', '=', 'open')
    .execute();
}

/** Counts a sending before it happens; the count after a crash says that Stripe may know of it. */
export async function countSending(db: Db, id: string): Promise<void> {
  await db
    .updateTable('attempts')
    .set({ sendCount: sql`send_count + 1` })
    .where('id', '=', id)
    .execute();
}

/** Whether a payment method has an attempt whose outcome is not known yet. */
export async function methodHasOpenAttempt(db: Db, paymentMethodId: string): Promise<boolean> {
  const row = await db
    .selectFrom('attempts')
    .select('id')
    .where('paymentMethodId', '=', paymentMethodId)
    .where('status', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Frees a leased attempt for the next try at an instant. */
export async function postponeAttempt(db: Db, id: string, nextTryAt: Instant): Promise<void> {
  await updateOpenAttempt(db, id, {
    unknown: 1,
    nextTryAt,
    leasedUntil: null,
    leaseHolder: null,
  });
}
