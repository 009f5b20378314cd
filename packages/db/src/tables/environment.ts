import type { Db, NewRow, Row } from '../database.ts';

/** The Stripe account and mode that this database belongs to, once a process has recorded it. */
export function findEnvironment(db: Db): Promise<Row<'environment'> | undefined> {
  return db.selectFrom('environment').selectAll().where('id', '=', 1).executeTakeFirst();
}

/** Records it; of two processes that do so at once, the first one's word stands. */
export async function recordEnvironment(db: Db, row: NewRow<'environment'>): Promise<void> {
  if (await findEnvironment(db)) return;
  await db
    .insertInto('environment')
    .values(row)
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

/** Writes what was found, or what a person has said, about it. */
export async function changeEnvironment(
  db: Db,
  change: Partial<Omit<Row<'environment'>, 'id' | 'stripeMode' | 'recordedAt'>>,
): Promise<void> {
  await db.updateTable('environment').set(change).where('id', '=', 1).execute();
}
