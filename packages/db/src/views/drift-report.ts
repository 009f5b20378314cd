import type { Db, Row } from '../database.ts';

/** The newest runs, the newest first; one that is under way is among them. */
export function listDriftRuns(db: Db, limit: number): Promise<Row<'driftRuns'>[]> {
  return db
    .selectFrom('driftRuns')
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** What a run has found, as it was found. */
export function listFindings(db: Db, runId: string, limit = 500): Promise<Row<'driftFindings'>[]> {
  return db
    .selectFrom('driftFindings')
    .selectAll()
    .where('runId', '=', runId)
    .orderBy('foundAt')
    .orderBy('id')
    .limit(limit)
    .execute();
}
