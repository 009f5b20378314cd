import { sql } from 'kysely';
import type { Db, Instant, Row } from '../database.ts';
import { isPending } from '../event-states.ts';

/** Where a walk over events by the moment of their handling has come to. */
export interface EventsPage {
  /** The last one seen; null: from the start. */
  after: { handledAt: Instant; id: string } | null;
  limit: number;
}

type UnreducedEvent = Pick<Row<'stripeEvents'>, 'id' | 'type' | 'objectId' | 'payload'> & {
  handledAt: Instant;
};

/**
 * Events that were handled within a time and whose payload is as it came, in the order of their
 * handling: a walk over the index of exactly these. One that is to be handled anew is left out.
 */
export function listUnreduced(
  db: Db,
  within: { from: Instant; to: Instant },
  page: EventsPage,
): Promise<UnreducedEvent[]> {
  const { after } = page;
  return db
    .selectFrom('stripeEvents')
    .select(['id', 'type', 'objectId', 'payload', 'handledAt'])
    .$narrowType<{ handledAt: Instant }>()
    .where('handledAt', 'is not', null)
    .where('reducedAt', 'is', null)
    .where('handledAt', '>=', within.from)
    .where('handledAt', '<=', within.to)
    .where('status', '!=', 'pending')
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(handled_at, id) > (${after?.handledAt}, ${after?.id})`),
    )
    .orderBy('handledAt')
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

/** Events that wait to be handled, by id. */
export function listPendingEvents(
  db: Db,
  page: { afterId: string; limit: number },
): Promise<Pick<Row<'stripeEvents'>, 'id' | 'type' | 'objectId' | 'payload'>[]> {
  return (
    db
      .selectFrom('stripeEvents')
      .select(['id', 'type', 'objectId', 'payload'])
      .where(isPending)
      .where('reducedAt', 'is', null)
      // In words that no index has: in order of ids SQLite would go through all that is stored.
      .where(sql`id || ''`, '>', page.afterId)
      .orderBy(sql`id || ''`)
      .limit(page.limit)
      .execute()
  );
}

/**
 * Writes reduced payloads; rows that somebody has reduced in the meantime stay as they are.
 * @returns how many were written
 */
export async function writeReduced(
  db: Db,
  events: { id: string; payload: string }[],
  now: Instant,
): Promise<number> {
  let written = 0;
  for (const { id, payload } of events) {
    const result = await db
      .updateTable('stripeEvents')
      .set({ payload, reducedAt: now })
      .where('id', '=', id)
      .where('reducedAt', 'is', null)
      .executeTakeFirst();
    written += Number(result.numUpdatedRows);
  }
  return written;
}
