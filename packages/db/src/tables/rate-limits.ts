import { sql } from 'kysely';
import type { Db, Instant, Row } from '../database.ts';

/**
 * Counts tries, in one statement: of many at once each is counted. A count whose time is over starts
 * anew.
 * @returns the count as it is now, and when it starts anew
 */
export function addTries(
  db: Db,
  tries: { key: string; points: number; now: Instant; expiresAt: Instant },
): Promise<Row<'rateLimits'>> {
  const { key, points, now, expiresAt } = tries;
  const isOver = sql<boolean>`rate_limits.expires_at <= ${now}`;
  return db
    .insertInto('rateLimits')
    .values({ key, points, expiresAt })
    .onConflict((c) =>
      c.column('key').doUpdateSet({
        points: sql`case when ${isOver} then excluded.points else rate_limits.points + excluded.points end`,
        expiresAt: sql`case when ${isOver} then excluded.expires_at else rate_limits.expires_at end`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Deletes counts whose time is over. @returns how many */
export async function forgetTries(db: Db, now: Instant): Promise<number> {
  const result = await db.deleteFrom('rateLimits').where('expiresAt', '<=', now).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Deletes counts, whether or not their time is over. */
export async function deleteTries(db: Db, keys: string[]): Promise<void> {
  if (keys.length > 0) await db.deleteFrom('rateLimits').where('key', 'in', keys).execute();
}
