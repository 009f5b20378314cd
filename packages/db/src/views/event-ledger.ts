import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Db, Instant, Row } from '../database.ts';
import { isEnded, isEndedOfType, isInState, isPending } from '../event-states.ts';
import { eventStatuses } from '../records.ts';
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

/** A condition in words that no index has: what another has found is looked at row by row. */
function isAlso(column: 'type' | 'status', value: string | null): RawBuilder<SqlBool> {
  return value === null ? sql`true` : sql`${sql.ref(column)} || '' = ${value}`;
}

/** A part of what is asked, and by what its newest are found. */
interface Part {
  is: RawBuilder<SqlBool>;
  by: RawBuilder<unknown>;
}

const byTime = sql.ref('received_at');
/** The same, in words that no index has: all of the part is sorted, and nothing else is gone through. */
const bySorting = sql`received_at + 0`;

/**
 * What is asked, in parts that one index each serves. Chosen here, since neither planner knows which of
 * several conditions leaves the fewest rows.
 */
function partsOf({ status, type, objectId }: LedgerFilter): Part[] {
  if (objectId !== null) {
    const rest = sql`object_id = ${objectId} and ${isAlso('type', type)} and ${isAlso('status', status)}`;
    return [isPending, isEnded].map((state) => ({ is: sql`${state} and ${rest}`, by: bySorting }));
  }
  if (type === null) return [{ is: status === null ? sql`true` : isInState(status), by: byTime }];
  const states = status === null ? eventStatuses : [status];
  return states.map((state) =>
    state === 'pending'
      ? { is: sql`${isPending} and ${isAlso('type', type)}`, by: bySorting }
      : { is: isEndedOfType(type, [state]), by: byTime },
  );
}

/** One page of the ledger, newest first, and how many there are (of very many, the first ones). */
export async function listEvents(
  db: Db,
  which: LedgerFilter & { limit: number; offset: number },
): Promise<{ events: EventLine[]; total: number }> {
  const { limit, offset } = which;
  const newest = partsOf(which).map((part) =>
    db.selectFrom('stripeEvents').where(part.is).orderBy(part.by, 'desc').orderBy('id', 'desc'),
  );
  const most = offset + limit;
  const events = await newest
    .map((part) => db.selectFrom(part.select(columns).limit(most).as('part')).selectAll())
    .reduce((all, part) => all.unionAll(part))
    .orderBy('receivedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  let total = 0;
  for (const part of newest) {
    const found = part.select('id').limit(mostCounted - total);
    total += (await found.execute()).length;
  }
  return { events, total };
}

/** The events about one of Stripe's objects, newest first. */
export function listEventsOf(
  db: Db,
  objectId: string,
): Promise<Pick<Row<'stripeEvents'>, 'id' | 'type' | 'status' | 'stripeCreatedAt'>[]> {
  const about = (part: RawBuilder<SqlBool>) =>
    db
      .selectFrom('stripeEvents')
      .select(['id', 'type', 'status', 'stripeCreatedAt'])
      .where('objectId', '=', objectId)
      .where(part);
  return about(isEnded)
    .unionAll(about(isPending))
    .orderBy('stripeCreatedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
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
  const waiting = await inbox.select('receivedAt').where(isPending).limit(mostCounted).execute();
  const dead = await inbox.select('id').where(isInState('dead')).limit(mostCounted).execute();
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
