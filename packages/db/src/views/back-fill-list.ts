import type { Db, Row } from '../database.ts';

/** The newest runs, the newest first. */
export function listBackFills(db: Db, limit: number): Promise<Row<'backFills'>[]> {
  return db
    .selectFrom('backFills')
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
