import type { Db, Row } from '../database.ts';

/** Remembers when each type last came, of events that were just taken. */
export async function noteTypes(
  db: Db,
  events: Pick<Row<'stripeEvents'>, 'id' | 'type' | 'receivedAt'>[],
): Promise<void> {
  const newest = new Map<string, Row<'eventTypes'>>();
  for (const { id, type, receivedAt } of events) {
    const known = newest.get(type);
    if (known && known.lastReceivedAt >= receivedAt) continue;
    newest.set(type, { type, lastEventId: id, lastReceivedAt: receivedAt });
  }
  // In the order of the types, so that no two processes wait for each other.
  const rows = [...newest.values()].toSorted((a, b) => (a.type < b.type ? -1 : 1));
  await db
    .insertInto('eventTypes')
    .values(rows)
    .onConflict((c) =>
      c
        .column('type')
        .doUpdateSet((eb) => ({
          lastEventId: eb.ref('excluded.lastEventId'),
          lastReceivedAt: eb.ref('excluded.lastReceivedAt'),
        }))
        .whereRef('eventTypes.lastReceivedAt', '<', 'excluded.lastReceivedAt'),
    )
    .execute();
}

/** Every type that ever came, and when last. */
export function listEventTypes(db: Db): Promise<Row<'eventTypes'>[]> {
  return db.selectFrom('eventTypes').selectAll().orderBy('type').execute();
}
