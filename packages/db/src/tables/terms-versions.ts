import type { Db, NewRow, Row } from '../database.ts';

export function findNewestTerms(
  db: Db,
  purpose: string,
  locale: string,
): Promise<Row<'termsVersions'> | undefined> {
  return db
    .selectFrom('termsVersions')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('locale', '=', locale)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Publishes a version; the same purpose, locale and number twice is one (versions never change). */
export async function insertTermsVersion(db: Db, row: NewRow<'termsVersions'>): Promise<void> {
  await db
    .insertInto('termsVersions')
    .values(row)
    .onConflict((c) => c.columns(['purpose', 'locale', 'version']).doNothing())
    .execute();
}
