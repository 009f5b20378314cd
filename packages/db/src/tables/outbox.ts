import type { Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Db, Instant, NewRow, Row, Schema } from '../database.ts';
import { joined } from '../joined.ts';
import { isStill } from '../lease.ts';

/** Puts a mail into the outbox; the same fact twice is one mail. */
export const insertMail = joined(async (db, rows: NewRow<'outbox'>[]) => {
  await db
    .insertInto('outbox')
    .values(rows)
    .onConflict((c) => c.column('dedupeKey').doNothing())
    .execute();
  return rows.map(() => undefined);
});

export function findMail(db: Db, id: string): Promise<Row<'outbox'> | undefined> {
  return db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Ends a mail that is still to go out: sent, kept, or given up. */
export async function endMail(
  db: Db,
  id: string,
  end: Updateable<Schema['outbox']> & { status: 'sent' | 'kept' | 'dead' },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ ...end, leasedUntil: null, leaseHolder: null })
    .where('id', '=', id)
    .where(isStill('status', 'pending'))
    .execute();
}

/**
 * Gives a mail that was given up another round of tries.
 * @returns whether it was one
 */
export async function reviveMail(db: Db, id: string, now: Instant): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({ status: 'pending', tries: 0, nextTryAt: now })
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Puts a mail that could not be sent back, for later. */
export async function postponeMail(
  db: Db,
  id: string,
  postponed: { nextTryAt: Instant; lastError: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ ...postponed, leasedUntil: null, leaseHolder: null, tries: sql`tries + 1` })
    .where('id', '=', id)
    .where(isStill('status', 'pending'))
    .execute();
}
