import type { Db, NewRow, Row } from '../database.ts';
import { joined } from '../joined.ts';

/** Appends a fact; nothing in this table is ever changed. */
export const insertAudit = joined(async (db, rows: NewRow<'auditLog'>[]) => {
  await db.insertInto('auditLog').values(rows).execute();
  return rows.map(() => undefined);
});

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
