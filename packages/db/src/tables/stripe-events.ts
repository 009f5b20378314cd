import { CompiledQuery } from 'kysely';
import { stillPending } from '../claim-events.ts';
import type { Db, Instant, Row } from '../database.ts';
import { valuesList } from '../dialects/portable.ts';
import { isPending } from '../event-states.ts';
import type { EventStatus } from '../records.ts';

export interface ReceivedEvent {
  id: string;
  type: string;
  apiVersion: string | null;
  objectId: string | null;
  stripeCreatedAt: Instant;
  payload: string;
  receivedAt: Instant;
  cameBy: Row<'stripeEvents'>['cameBy'];
}

const columns = [
  'id',
  'type',
  'api_version',
  'object_id',
  'stripe_created_at',
  'payload',
  'received_at',
  'next_try_at',
  'came_by',
] as const;

const valuesOf = (event: ReceivedEvent): unknown[] => [
  event.id,
  event.type,
  event.apiVersion,
  event.objectId,
  event.stripeCreatedAt,
  event.payload,
  event.receivedAt,
  event.receivedAt,
  event.cameBy,
];

/**
 * Stores events in one statement; those that are there already change nothing. In the order of
 * their ids, so that two processes that store the same events never wait for each other. The
 * statement is text of ours: this is the one hot path, and building it took as long as running it.
 * @returns how many were not there yet
 */
export async function insertEvents(db: Db, events: ReceivedEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const inOrder = events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const into = `insert into stripe_events (${columns.join(', ')})`;
  const rows = valuesList(db, events.length, columns.length);
  const statement = `${into} values ${rows} on conflict (id) do nothing`;
  const result = await db.executeQuery(CompiledQuery.raw(statement, inOrder.flatMap(valuesOf)));
  return Number(result.numAffectedRows ?? 0n);
}

/** An event as the claim gave it: whoever wrote `leaseHolder` on it has it in hand. */
type HeldEvent = Pick<Row<'stripeEvents'>, 'id' | 'leaseHolder'>;

export interface EndedEvent extends HeldEvent {
  status: Exclude<EventStatus, 'pending'>;
  lastError: string | null;
}

/**
 * Ends the handling of events that this process holds, in one statement a status; the rows and their
 * payloads stay. One whose lease ran out may be in another's hand by now, or wait to be handled once
 * more because a person has asked for it: that one is left as it is.
 */
export async function endEvents(db: Db, ended: EndedEvent[], now: Instant): Promise<void> {
  // In the order of their ids, so that no two processes wait for each other.
  const inOrder = ended.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const groups = Map.groupBy(inOrder, ({ status, lastError, leaseHolder }) =>
    [status, leaseHolder, lastError].join(' '),
  );
  for (const events of groups.values()) {
    const { status, lastError, leaseHolder } = events[0] as EndedEvent;
    await db
      .updateTable('stripeEvents')
      .set({ status, handledAt: now, lastError, leasedUntil: null, leaseHolder: null })
      .where(stillPending)
      .where('leaseHolder', '=', leaseHolder)
      .where(
        'id',
        'in',
        events.map((event) => event.id),
      )
      .execute();
  }
}

/**
 * Puts events that a process still holds back for another try at an instant, in one statement.
 * @param again.tries how often each has failed by now; left out: as often as before
 */
export async function postponeEvents(
  db: Db,
  held: { ids: string[]; holder: string },
  again: { tries?: number; nextTryAt: Instant; lastError: string },
): Promise<void> {
  await db
    .updateTable('stripeEvents')
    .set({ ...again, leasedUntil: null, leaseHolder: null })
    .where('id', 'in', held.ids)
    .where(stillPending)
    .where('leaseHolder', '=', held.holder)
    .execute();
}

/** Holds on to events that take longer than the lease: only those that this process still has. */
export async function renewEvents(
  db: Db,
  lease: { ids: string[]; holder: string; until: Instant },
): Promise<void> {
  if (lease.ids.length === 0) return;
  await db
    .updateTable('stripeEvents')
    .set({ leasedUntil: lease.until })
    .where(stillPending)
    .where('leaseHolder', '=', lease.holder)
    .where('id', 'in', lease.ids)
    .execute();
}

/** How many events wait to be handled, at most `limit`: whoever brings more asks before. */
export async function countWaiting(db: Db, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('stripeEvents')
    .select('id')
    .where(isPending)
    .limit(limit)
    .execute();
  return rows.length;
}
