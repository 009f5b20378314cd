import type { Db, Instant, NewRow } from '../database.ts';
import { inOrderOf, joined } from '../joined.ts';
import type { RowChange } from '../update-each.ts';
import { updateEach } from '../update-each.ts';

/** The intent by Stripe's id of it (`pi_…`). */
export const findIntentByStripeId = joined(async (db, stripeIds: string[]) => {
  const query = db.selectFrom('paymentIntents').selectAll();
  const rows = await query.where('stripePaymentIntentId', 'in', stripeIds).execute();
  return inOrderOf(stripeIds, rows, (row) => row.stripePaymentIntentId);
});

/** Which intents are known to have been paid, and their payments with them: that never changes again. */
export async function listKnownPaid(db: Db, stripeIds: string[]): Promise<string[]> {
  if (stripeIds.length === 0) return [];
  const rows = await db
    .selectFrom('paymentIntents')
    .innerJoin('payments', 'payments.id', 'paymentIntents.paymentId')
    .select('stripePaymentIntentId')
    .where('stripePaymentIntentId', 'in', stripeIds)
    .where('paymentIntents.status', '=', 'succeeded')
    .where('payments.status', '=', 'succeeded')
    .execute();
  return rows.map((row) => row.stripePaymentIntentId);
}

/** The one intent of a payment that may still move money. */
export const findLiveIntent = joined(async (db, paymentIds: string[]) => {
  const query = db.selectFrom('paymentIntents').selectAll().where('supersededAt', 'is', null);
  const rows = await query.where('paymentId', 'in', paymentIds).execute();
  return inOrderOf(paymentIds, rows, (row) => row.paymentId);
});

/** @throws the database's unique violation when the payment has a live intent already */
export const insertIntent = joined(async (db, rows: NewRow<'paymentIntents'>[]) => {
  await db.insertInto('paymentIntents').values(rows).execute();
  return rows.map(() => undefined);
});

/** Writes what has become of an intent. */
export const updateIntent = joined((db, changes: RowChange<'paymentIntents'>[]) =>
  updateEach(db, 'paymentIntents', changes),
);

/** Takes an intent out of the running: another has its place, or the shopper's page is over. */
export const supersedeIntent = joined(async (db, ended: { id: string; now: Instant }[]) => {
  for (const [now, alike] of Map.groupBy(ended, (one) => one.now)) {
    const ids = alike.map(({ id }) => id);
    const update = db.updateTable('paymentIntents').set({ supersededAt: now, updatedAt: now });
    await update.where('id', 'in', ids).where('supersededAt', 'is', null).execute();
  }
  return ended.map(() => undefined);
});

/** How many intents a payment has had, the live one included. */
export async function countIntents(db: Db, paymentId: string): Promise<number> {
  const { total } = await db
    .selectFrom('paymentIntents')
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .where('paymentId', '=', paymentId)
    .executeTakeFirstOrThrow();
  return Number(total);
}
