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

export function findTermsVersion(db: Db, id: string): Promise<Row<'termsVersions'> | undefined> {
  return db.selectFrom('termsVersions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Publishes a version; the same purpose, locale and number twice is one (versions never change). */
export async function insertTermsVersion(db: Db, row: NewRow<'termsVersions'>): Promise<void> {
  await db
    .insertInto('termsVersions')
    .values(row)
    .onConflict((c) => c.columns(['purpose', 'locale', 'version']).doNothing())
    .execute();
}

export function findTermsDraft(
  db: Db,
  purpose: string,
  locale: string,
): Promise<Row<'termsDrafts'> | undefined> {
  return db
    .selectFrom('termsDrafts')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('locale', '=', locale)
    .executeTakeFirst();
}

/** Keeps what staff have written so far; there is one draft for a purpose and locale. */
export async function saveTermsDraft(db: Db, row: Row<'termsDrafts'>): Promise<void> {
  await db
    .insertInto('termsDrafts')
    .values(row)
    .onConflict((c) => c.columns(['purpose', 'locale']).doUpdateSet(row))
    .execute();
}

export async function deleteTermsDraft(db: Db, purpose: string, locale: string): Promise<void> {
  await db
    .deleteFrom('termsDrafts')
    .where('purpose', '=', purpose)
    .where('locale', '=', locale)
    .execute();
}

/** Some versions, in the order of their ids. */
export function listTermsVersions(db: Db, ids: string[]): Promise<Row<'termsVersions'>[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.selectFrom('termsVersions').selectAll().where('id', 'in', ids).orderBy('id').execute();
}
