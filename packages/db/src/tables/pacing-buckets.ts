import type { Db, Row } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';

/** Locks buckets by their keys, always in the same order; one that was not used yet is empty. */
export async function lockBuckets(tx: Db, keys: string[]): Promise<Row<'pacingBuckets'>[]> {
  const query = tx.selectFrom('pacingBuckets').selectAll().where('key', 'in', keys).orderBy('key');
  const found = await forUpdate(tx, query).execute();
  if (found.length === keys.length) return found;
  const empty = keys.map((key) => ({ key, second: 0, taken: 0, nextAt: 0 }));
  await tx
    .insertInto('pacingBuckets')
    .values(empty)
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  return forUpdate(tx, query).execute();
}

export async function saveBucket(tx: Db, { key, ...bucket }: Row<'pacingBuckets'>): Promise<void> {
  await tx.updateTable('pacingBuckets').set(bucket).where('key', '=', key).execute();
}
