import type { Updateable } from 'kysely';
import type { Db, Instant, NewRow, Row, Schema } from '../database.ts';

export function findIntentByStripeId(
  db: Db,
  stripePaymentIntentId: string,
): Promise<Row<'paymentIntents'> | undefined> {
  return db
    .selectFrom('paymentIntents')
    .selectAll()
    .where('stripePaymentIntentId', '=', stripePaymentIntentId)
    .executeTakeFirst();
}

/** Whether an intent is known to have been paid, and its payment with it: that never changes again. */
export async function isKnownPaid(db: Db, stripePaymentIntentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('paymentIntents')
    .innerJoin('payments', 'payments.id', 'paymentIntents.paymentId')
    .select('paymentIntents.id')
    .where('stripePaymentIntentId', '=', stripePaymentIntentId)
    .where('paymentIntents.status', '=', 'succeeded')
    .where('payments.status', '=', 'succeeded')
    .executeTakeFirst();
  return row !== undefined;
}

/** The one intent of a payment that may still move money. */
export function findLiveIntent(
  db: Db,
  paymentId: string,
): Promise<Row<'paymentIntents'> | undefined> {
  return db
    .selectFrom('paymentIntents')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst();
}

/** @throws the database's unique violation when the payment has a live intent already */
export async function insertIntent(db: Db, row: NewRow<'paymentIntents'>): Promise<void> {
  await db.insertInto('paymentIntents').values(row).execute();
}

export async function updateIntent(
  db: Db,
  id: string,
  change: Updateable<Schema['paymentIntents']>,
): Promise<void> {
  await db.updateTable('paymentIntents').set(change).where('id', '=', id).execute();
}

/** Takes an intent out of the running: another has its place, or the shopper's page is over. */
export async function supersedeIntent(db: Db, id: string, now: Instant): Promise<void> {
  await db
    .updateTable('paymentIntents')
    .set({ supersededAt: now, updatedAt: now })
    .where('id', '=', id)
    .where('supersededAt', 'is', null)
    .execute();
}

/** How many intents a payment has had, the live one included. */
export async function countIntents(db: Db, paymentId: string): Promise<number> {
  const { total } = await db
    .selectFrom('paymentIntents')
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .where('paymentId', '=', paymentId)
    .executeTakeFirstOrThrow();
  return Number(total);
}
