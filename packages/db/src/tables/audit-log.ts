import type { Db, NewRow, Row } from '../database.ts';

/** Appends a fact; nothing in this table is ever changed. */
export async function insertAudit(db: Db, row: NewRow<'auditLog'>): Promise<void> {
  await db.insertInto('auditLog').values(row).execute();
}

/** What happened to one thing, oldest first. */
export function listAudit(db: Db, subjectId: string): Promise<Row<'auditLog'>[]> {
  return db
    .selectFrom('auditLog')
    .selectAll()
    .where('subjectId', '=', subjectId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}
