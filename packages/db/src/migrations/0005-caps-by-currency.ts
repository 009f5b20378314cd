import type { Kysely } from 'kysely';

/** Terms may have a cap in more than one currency: JSON beside the first one, which every version has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['terms_versions', 'terms_drafts']) {
    await db.schema.alterTable(table).addColumn('other_caps', 'text').execute();
  }
}
