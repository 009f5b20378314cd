import type { Db, Instant, NewRow, Row } from '../database.ts';

export function findBackFill(db: Db, id: string): Promise<Row<'backFills'> | undefined> {
  return db.selectFrom('backFills').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Inserts a run; of scheduled ones, none while one is open (two workers think of it at once). */
export async function insertBackFill(db: Db, row: NewRow<'backFills'>): Promise<void> {
  await db
    .insertInto('backFills')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Until when the list of events is known to have been read, by runs that came to their end by themselves. */
export async function findCoveredUntil(db: Db): Promise<Instant | null> {
  const row = await db
    .selectFrom('backFills')
    .select((eb) => eb.fn.max('toAt').as('until'))
    .where('status', '=', 'done')
    .where('reason', '=', 'schedule')
    .where('lastError', 'is', null)
    .executeTakeFirst();
  return row?.until === null || row?.until === undefined ? null : Number(row.until);
}

/** Forgets scheduled readings that came to their end before a moment, and what they found none of. */
export async function forgetBackFills(db: Db, before: Instant): Promise<void> {
  await db
    .deleteFrom('backFills')
    .where('reason', '=', 'schedule')
    .where('status', '=', 'done')
    .where('missed', '=', 0)
    .where('createdAt', '<', before)
    .execute();
}

/** Writes how far a run has come, while this process holds it. @returns whether it still does */
export async function updateBackFill(
  db: Db,
  run: Pick<Row<'backFills'>, 'id' | 'leaseHolder'>,
  change: Partial<NewRow<'backFills'>>,
): Promise<boolean> {
  const result = await db
    .updateTable('backFills')
    .set(change)
    .where('id', '=', run.id)
    .where('leaseHolder', '=', run.leaseHolder)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
