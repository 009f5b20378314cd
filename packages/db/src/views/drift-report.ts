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

const mostListed = 500;

/** What a run has found to differ, as it was found. */
export function listFindings(db: Db, runId: string): Promise<Row<'driftFindings'>[]> {
  return findingsOf(db, runId).where('kind', '!=', 'intent_stray').execute();
}

/** What a run has found with our mark that nobody known here has to do with. */
export function listStrays(db: Db, runId: string): Promise<Row<'driftFindings'>[]> {
  return findingsOf(db, runId).where('kind', '=', 'intent_stray').execute();
}

function findingsOf(db: Db, runId: string) {
  return db
    .selectFrom('driftFindings')
    .selectAll()
    .where('runId', '=', runId)
    .orderBy('foundAt')
    .orderBy('id')
    .limit(mostListed);
}
