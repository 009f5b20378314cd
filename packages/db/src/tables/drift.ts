import type { Db, Instant, NewRow, Row } from '../database.ts';

export async function insertDriftRun(db: Db, row: NewRow<'driftRuns'>): Promise<void> {
  await db.insertInto('driftRuns').values(row).execute();
}

export function findDriftRun(db: Db, id: string): Promise<Row<'driftRuns'> | undefined> {
  return db.selectFrom('driftRuns').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Writes how far a run has come, while this process holds it. @returns whether it still does */
export async function updateDriftRun(
  db: Db,
  run: Pick<Row<'driftRuns'>, 'id' | 'leaseHolder'>,
  change: Partial<NewRow<'driftRuns'>>,
): Promise<boolean> {
  const result = await db
    .updateTable('driftRuns')
    .set(change)
    .where('id', '=', run.id)
    .where('leaseHolder', '=', run.leaseHolder)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Writes a finding down; one that a run has written before its process died, is there once. */
export async function insertFinding(db: Db, row: NewRow<'driftFindings'>): Promise<void> {
  await db
    .insertInto('driftFindings')
    .values(row)
    .onConflict((c) => c.columns(['runId', 'kind', 'stripeId']).doNothing())
    .execute();
}

export async function noteRepair(
  db: Db,
  finding: Pick<Row<'driftFindings'>, 'runId' | 'kind' | 'stripeId'>,
  repair: { repairedAt: Instant | null; repairError: string | null },
): Promise<void> {
  await db
    .updateTable('driftFindings')
    .set(repair)
    .where('runId', '=', finding.runId)
    .where('kind', '=', finding.kind)
    .where('stripeId', '=', finding.stripeId)
    .execute();
}

/** A part of the rows to compare: the next page, or a sample that begins after a row of the table. */
export interface Part {
  after: string | null;
  limit: number;
  isSample: boolean;
}

/** After which customer the next sample goes on: where the last one that came to its end has ended. */
export async function findEndOfLastSample(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('driftRuns')
    .select('cursor')
    .where('extent', '=', 'sample')
    .where('status', '=', 'done')
    .where('lastError', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.cursor ?? null;
}
