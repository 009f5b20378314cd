import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/connect.ts';
import type { Db, Row } from '../src/database.ts';
import { dialectOf } from '../src/dialects/portable.ts';
import type { EventStatus } from '../src/records.ts';
import { eventStatuses } from '../src/records.ts';
import { replayEvents } from '../src/tables/event-replays.ts';
import { insertEvents } from '../src/tables/stripe-events.ts';
import type { LedgerFilter } from '../src/views/event-ledger.ts';
import { listEvents, listEventsOf } from '../src/views/event-ledger.ts';
import { countRead } from './count-read.ts';

async function open(dialect: 'sqlite' | 'postgres'): Promise<Db> {
  const database = await createTestDatabase(dialect);
  const db = connect(database.location);
  onTestFinished(async () => {
    await db.destroy();
    await database.remove();
  });
  return db;
}

const types = ['charge.succeeded', 'mandate.updated', 'refund.updated'];
const objects = ['ch_1', 'pi_1', 'pi_2'];

function event(at: number, of: { type: string; objectId: string }) {
  const common = { apiVersion: null, payload: '{}', cameBy: null };
  return { id: `evt_${at}`, ...of, ...common, stripeCreatedAt: at, receivedAt: at };
}

/** Stores one event after the other, each in a state. */
async function store(
  db: Db,
  events: { type: string; objectId: string; status: EventStatus }[],
): Promise<void> {
  for (let at = 0; at < events.length; at += 500) {
    const page = events.slice(at, at + 500).map((given, n) => event(1_000 + at + n, given));
    await insertEvents(db, page);
  }
  for (const status of eventStatuses.filter((each) => each !== 'pending')) {
    const ids = events.flatMap((given, at) =>
      given.status === status ? [`evt_${1_000 + at}`] : [],
    );
    if (ids.length === 0) continue;
    const ended = { status, handledAt: 1 };
    await db.updateTable('stripeEvents').set(ended).where('id', 'in', ids).execute();
  }
}

/** One event of every type about every object in every state, and a second round of them. */
const oneOfEach = [...types, ...types].flatMap((type) =>
  objects.flatMap((objectId) => eventStatuses.map((status) => ({ type, objectId, status }))),
);

const filters: LedgerFilter[] = [null, ...eventStatuses].flatMap((status) =>
  [null, ...types, 'never.came'].flatMap((type) =>
    [null, ...objects, 'pi_unknown'].map((objectId) => ({ status, type, objectId })),
  ),
);

function isWanted(row: Row<'stripeEvents'>, { status, type, objectId }: LedgerFilter): boolean {
  if (status !== null && row.status !== status) return false;
  if (type !== null && row.type !== type) return false;
  return objectId === null || row.objectId === objectId;
}

const wide = 2_000;

/** Very many of one type that are all ignored, three of another; PostgreSQL is done with its own work. */
async function openWide(dialect: 'sqlite' | 'postgres'): Promise<Db> {
  const db = await open(dialect);
  const many = Array.from({ length: wide }, (_, at) => ({
    type: 'charge.succeeded',
    objectId: `ch_${at}`,
    status: 'ignored' as const,
  }));
  const rare = { type: 'mandate.updated', objectId: 'mandate_1', status: 'handled' as const };
  await store(db, [rare, rare, { ...rare, status: 'dead' as const }, ...many]);
  if (dialect === 'postgres') await sql`vacuum analyze stripe_events`.execute(db);
  return db;
}

describeOnBothDatabases('the ledger of events', (dialect) => {
  it('shows exactly what it is narrowed to, newest first, page by page', async () => {
    const db = await open(dialect);
    await store(db, oneOfEach);
    const all = await db.selectFrom('stripeEvents').selectAll().orderBy('id', 'desc').execute();
    expect(all).toHaveLength(oneOfEach.length);
    for (const filter of filters) {
      const wanted = all.filter((row) => isWanted(row, filter)).map((row) => row.id);
      for (const offset of [0, 5]) {
        const { events, total } = await listEvents(db, { ...filter, limit: 5, offset });
        const shown = { ids: events.map((row) => row.id), total };
        const expected = { ids: wanted.slice(offset, offset + 5), total: wanted.length };
        expect(shown, JSON.stringify(filter)).toEqual(expected);
      }
    }
    const about = all.filter((row) => row.objectId === 'pi_1').map((row) => row.id);
    expect((await listEventsOf(db, 'pi_1')).map((row) => row.id)).toEqual(about);
  });

  it('lets exactly those be handled anew that were ended so', async () => {
    const db = await open(dialect);
    await store(db, oneOfEach);
    const of = { type: 'charge.succeeded', status: 'dead' as const };
    expect(await replayEvents(db, { ...of, from: 1_000, to: 1_004 }, 9)).toBe(1);
    expect(await replayEvents(db, of, 9)).toBe(5);
    expect(await replayEvents(db, of, 9)).toBe(0);
    expect(await replayEvents(db, { type: 'charge.succeeded' }, 9)).toBe(12);
    expect(await replayEvents(db, { status: 'dead' }, 9)).toBe(12);
    expect(await replayEvents(db, {}, 9)).toBe(24);
  });

  it('is not gone through for what is rare in it', async () => {
    const db = await openWide(dialect);
    const none = { status: null, type: null, objectId: null };
    const rare: [LedgerFilter, number][] = [
      [{ ...none, type: 'mandate.updated' }, 3],
      [{ ...none, type: 'never.came' }, 0],
      [{ ...none, status: 'dead' }, 1],
      [{ ...none, type: 'charge.succeeded', status: 'handled' }, 0],
      [{ ...none, objectId: 'mandate_1' }, 3],
      [{ ...none, objectId: 'ch_1', status: 'dead' }, 0],
    ];
    for (const [filter, total] of rare) {
      const read = await countRead(db, 'stripe_events', async (tx) => {
        expect(await listEvents(tx, { ...filter, limit: 25, offset: 0 })).toMatchObject({ total });
      });
      expect(read, JSON.stringify(filter)).toBeLessThan(wide / 10);
    }
  });

  it('costs the intake no index but three', async () => {
    const db = await open(dialect);
    await insertEvents(db, [event(1, { type: 'charge.succeeded', objectId: 'ch_1' })]);
    const isPostgres = dialectOf(db) === 'postgres';
    const indexes = await sql<{ name: string; definition: string | null }>`${
      isPostgres
        ? sql`select indexname as name, indexdef as definition from pg_indexes
            where tablename = 'stripe_events'`
        : sql`select name, sql as definition from sqlite_master
            where type = 'index' and tbl_name = 'stripe_events'`
    }`.execute(db);
    const entered: string[] = [];
    for (const { name, definition } of indexes.rows) {
      const [, partial = 'true'] = / where (.*)$/i.exec(definition ?? '') ?? [];
      const query = sql`select id from stripe_events where ${sql.raw(partial)}`;
      if ((await query.execute(db)).rows.length > 0) entered.push(name);
    }
    const primaryKey = isPostgres ? 'stripe_events_pkey' : 'sqlite_autoindex_stripe_events_1';
    const wanted = [primaryKey, 'stripe_events_pending', 'stripe_events_received'];
    expect(entered.toSorted()).toEqual(wanted.toSorted());
  });
});
