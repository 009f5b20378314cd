import type { Db, EventStatus, Instant, NewRow, Row } from '../database.ts';

/** Stores events in one statement; those that are there already change nothing. */
export async function insertEvents(db: Db, rows: NewRow<'stripeEvents'>[]): Promise<void> {
  await db
    .insertInto('stripeEvents')
    .values(rows)
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

export function findEvent(db: Db, id: string): Promise<Row<'stripeEvents'> | undefined> {
  return db.selectFrom('stripeEvents').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Ends the handling of an event; the row and its payload stay. */
export async function endEvent(
  db: Db,
  id: string,
  status: Exclude<EventStatus, 'pending'>,
  now: Instant,
  lastError: string | null = null,
): Promise<void> {
  await db
    .updateTable('stripeEvents')
    .set({ status, handledAt: now, lastError, leasedUntil: null, leaseHolder: null })
    .where('id', '=', id)
    .execute();
}

/** Puts an event back for another try at an instant. */
export async function postponeEvent(
  db: Db,
  id: string,
  again: { tries: number; nextTryAt: Instant; lastError: string },
): Promise<void> {
  await db
    .updateTable('stripeEvents')
    .set({ ...again, leasedUntil: null, leaseHolder: null })
    .where('id', '=', id)
    .execute();
}
