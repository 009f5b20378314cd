import type { Db, EventStatus, Instant, NewRow } from '../database.ts';

/**
 * Stores events in one statement; those that are there already change nothing. In the order of
 * their ids, so that two processes that store the same events never wait for each other.
 */
export async function insertEvents(db: Db, rows: NewRow<'stripeEvents'>[]): Promise<void> {
  await db
    .insertInto('stripeEvents')
    .values(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflict((c) => c.column('id').doNothing())
    .execute();
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
    .where('status', '=', 'pending')
    .execute();
}

/** Puts an event that this process holds back for another try at an instant. */
export async function postponeEvent(
  db: Db,
  event: { id: string; leaseHolder: string | null },
  again: { tries: number; nextTryAt: Instant; lastError: string },
): Promise<void> {
  await db
    .updateTable('stripeEvents')
    .set({ ...again, leasedUntil: null, leaseHolder: null })
    .where('id', '=', event.id)
    .where('status', '=', 'pending')
    .where('leaseHolder', '=', event.leaseHolder)
    .execute();
}
