import { CompiledQuery } from 'kysely';
import type { Db, Instant } from '../database.ts';
import type { EventStatus } from '../records.ts';
import { valuesList } from '../dialects/portable.ts';

export interface ReceivedEvent {
  id: string;
  type: string;
  apiVersion: string | null;
  objectId: string | null;
  stripeCreatedAt: Instant;
  payload: string;
  receivedAt: Instant;
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
];

/**
 * Stores events in one statement; those that are there already change nothing. In the order of
 * their ids, so that two processes that store the same events never wait for each other. The
 * statement is text of ours: this is the one hot path, and building it took as long as running it.
 */
export async function insertEvents(db: Db, events: ReceivedEvent[]): Promise<void> {
  const inOrder = events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const into = `insert into stripe_events (${columns.join(', ')})`;
  const rows = valuesList(db, events.length, columns.length);
  const statement = `${into} values ${rows} on conflict (id) do nothing`;
  await db.executeQuery(CompiledQuery.raw(statement, inOrder.flatMap(valuesOf)));
}

/** Ends the handling of an event; the row and its payload stay. */
export async function endEvent(
  db: Db,
  id: string,
  status: Exclude<EventStatus, 'pending'>,
  now: Instant,
  lastError: string | null = null,
): Promise<void> {
  await db
    .updateTable('stripeEvents')
    .set({ status, handledAt: now, lastError, leasedUntil: null, leaseHolder: null })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/** Puts an event that this process holds back for another try at an instant. */
export async function postponeEvent(
  db: Db,
  event: { id: string; leaseHolder: string | null },
  again: { tries: number; nextTryAt: Instant; lastError: string },
): Promise<void> {
  await db
    .updateTable('stripeEvents')
    .set({ ...again, leasedUntil: null, leaseHolder: null })
    .where('id', '=', event.id)
    .where('status', '=', 'pending')
    .where('leaseHolder', '=', event.leaseHolder)
    .execute();
}
