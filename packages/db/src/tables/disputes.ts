import type { Updateable } from 'kysely';
import type { Db, NewRow, Row, Schema } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';

export function findDispute(db: Db, id: string): Promise<Row<'disputes'> | undefined> {
  return db.selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirst();
}

export function lockDispute(db: Db, id: string): Promise<Row<'disputes'> | undefined> {
  const query = db.selectFrom('disputes').selectAll().where('id', '=', id);
  return forUpdate(db, query).executeTakeFirst();
}

export function findDisputeByStripeId(
  db: Db,
  stripeDisputeId: string,
): Promise<Row<'disputes'> | undefined> {
  return db
    .selectFrom('disputes')
    .selectAll()
    .where('stripeDisputeId', '=', stripeDisputeId)
    .executeTakeFirst();
}

export async function insertDispute(db: Db, row: NewRow<'disputes'>): Promise<void> {
  await db.insertInto('disputes').values(row).execute();
}

export async function updateDispute(
  db: Db,
  id: string,
  change: Updateable<Schema['disputes']>,
): Promise<void> {
  await db.updateTable('disputes').set(change).where('id', '=', id).execute();
}

/** Every dispute about a payment, oldest first. */
export function listDisputesOf(db: Db, paymentId: string): Promise<Row<'disputes'>[]> {
  return db
    .selectFrom('disputes')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}
