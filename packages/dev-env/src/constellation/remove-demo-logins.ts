import { sql } from 'kysely';
import { connect } from '@onfile/db/connect.ts';
import type { Settings } from '@onfile/payments/settings.ts';
import { demoEmails } from './demo-keys.ts';

/**
 * Takes the demo's people their passwords and sessions, in case the demo ran on this database
 * before it was given an operator's keys. The next demo on it gives them new ones.
 */
export async function removeDemoLogins(settings: Settings): Promise<void> {
  const db = connect(settings.database);
  try {
    for (const audience of ['shopper', 'staff']) {
      for (const kind of ['session', 'account']) {
        await sql`
          delete from ${sql.table(`${audience}_${kind}`)} where "userId" in (
            select id from ${sql.table(`${audience}_user`)}
            where email in (${sql.join(Object.values(demoEmails))}))`.execute(db);
      }
    }
  } finally {
    await db.destroy();
  }
}
