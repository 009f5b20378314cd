import type { SelectQueryBuilder } from 'kysely';
import type { Db, Instant, Row, Schema } from '../database.ts';
import type { EventStatus } from '../records.ts';

export type EventLine = Pick<
  Row<'stripeEvents'>,
  | 'id'
  | 'type'
  | 'status'
  | 'objectId'
  | 'apiVersion'
  | 'stripeCreatedAt'
  | 'receivedAt'
  | 'handledAt'
  | 'nextTryAt'
  | 'tries'
  | 'lastError'
  | 'cameBy'
>;

const columns = [
  'id',
  'type',
  'status',
  'objectId',
  'apiVersion',
  'stripeCreatedAt',
  'receivedAt',
  'handledAt',
  'nextTryAt',
  'tries',
  'lastError',
  'cameBy',
] as const;

export interface LedgerFilter {
  status: EventStatus | null;
  type: string | null;
  objectId: string | null;
}

/** More than these are not counted: a ledger of a million rows is narrowed, not paged through. */
const mostCounted = 2_500;

/** One page of the ledger, newest first, and how many there are (of very many, the first ones). */
export async function listEvents(
  db: Db,
  which: LedgerFilter & { limit: number; offset: number },
): Promise<{ events: EventLine[]; total: number }> {
  const { status, type, objectId } = which;
  const narrow = <O>(query: SelectQueryBuilder<Schema, 'stripeEvents', O>) =>
    query
      .$if(status !== null, (q) => q.where('status', '=', status ?? 'pending'))
      .$if(type !== null, (q) => q.where('type', '=', type ?? ''))
      .$if(objectId !== null, (q) => q.where('objectId', '=', objectId ?? ''));
  const events = await narrow(db.selectFrom('stripeEvents').select(columns))
    .orderBy('receivedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(which.limit)
    .offset(which.offset)
    .execute();
  const counted = await narrow(db.selectFrom('stripeEvents').select('id'))
    .limit(mostCounted)
    .execute();
  return { events, total: counted.length };
}

/** One event with its body, as it came. */
export function findEvent(db: Db, id: string): Promise<Row<'stripeEvents'> | undefined> {
  return db.selectFrom('stripeEvents').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface InboxHealth {
  /** How many wait to be handled, at most {@link mostCounted}. */
  waiting: number;
  /** When the one that waits longest came. */
  oldestWaitingAt: Instant | null;
  /** How many wait for a person. */
  dead: number;
  lastReceivedAt: Instant | null;
}

/** How the inbox is, at a glance. */
export async function readInboxHealth(db: Db): Promise<InboxHealth> {
  const inbox = db.selectFrom('stripeEvents');
  const waiting = await inbox
    .select('receivedAt')
    .where('status', '=', 'pending')
    .limit(mostCounted)
    .execute();
  const dead = await inbox.select('id').where('status', '=', 'dead').limit(mostCounted).execute();
  const newest = await inbox
    .select('receivedAt')
    .orderBy('receivedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  const oldest = waiting.reduce((least, row) => Math.min(least, row.receivedAt), Infinity);
  return {
    waiting: waiting.length,
    oldestWaitingAt: waiting.length > 0 ? oldest : null,
    dead: dead.length,
    lastReceivedAt: newest?.receivedAt ?? null,
  };
}
