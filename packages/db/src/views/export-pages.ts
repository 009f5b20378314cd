import { sql } from 'kysely';
import type { Db, Instant, Row } from '../database.ts';

/** What is exported, and the moment by which it is chosen. */
const moments = {
  payments: 'createdAt',
  stripeEvents: 'receivedAt',
  auditLog: 'at',
  customers: 'createdAt',
} as const;

export type ExportedTable = keyof typeof moments;
export type ExportedRow =
  Row<'payments'> | Row<'stripeEvents'> | Row<'auditLog'> | Row<'customers'>;

/**
 * A page of rows of a time (`to` is left out), in the order of their ids: the next page begins after the
 * last id of this one, so that rows that come meanwhile shift nothing. Ids of ours sort by time of making.
 */
export async function readExportPage(
  db: Db,
  table: ExportedTable,
  within: { from: Instant; to: Instant },
  page: { afterId: string; limit: number },
): Promise<ExportedRow[]> {
  // In words that no index has: by its index SQLite would find and sort all of the time for each page.
  const moment = sql<Instant>`${sql.ref(moments[table])} + 0`;
  const rows = await db
    .selectFrom(table)
    .selectAll()
    .where('id', '>', page.afterId)
    .where(moment, '>=', within.from)
    .where(moment, '<', within.to)
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows;
}
