import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { expect, it, onTestFinished } from 'vitest';
import { claimEvents } from '../src/claim-events.ts';
import { connect } from '../src/connect.ts';
import type { Db } from '../src/database.ts';
import type { Lease } from '../src/lease.ts';
import { claim } from '../src/lease.ts';
import { insertBackFill } from '../src/tables/back-fills.ts';
import { endEvents, insertEvents } from '../src/tables/stripe-events.ts';

/** The two ways of taking rows: any table's, and events, of one object never two. */
const ways = [
  {
    name: 'leases of rows',
    insert: async (db: Db, ids: string[], at: number) => {
      for (const id of ids) await insertBackFill(db, backFill(id, at));
    },
    take: (db: Db, lease: Lease) => claim(db, 'backFills', lease),
    end: (db: Db, id: string) =>
      db.updateTable('backFills').set({ status: 'done' }).where('id', '=', id).execute(),
  },
  {
    name: 'leases of events',
    insert: (db: Db, ids: string[], at: number) =>
      insertEvents(
        db,
        ids.map((id) => event(id, id, at)),
      ),
    take: claimEvents,
    end: (db: Db, id: string) => endEvents(db, [handledBy(id, 'w')], 150),
  },
];

function event(id: string, objectId: string, receivedAt = 0) {
  return {
    id,
    type: 'customer.created',
    apiVersion: null,
    objectId,
    stripeCreatedAt: 0,
    payload: '{}',
    receivedAt,
    cameBy: null,
  };
}

function handledBy(id: string, leaseHolder: string | null) {
  return { id, leaseHolder, status: 'handled' as const, lastError: null };
}

function backFill(id: string, nextTryAt: number) {
  const counts = { seen: 0, missed: 0, tries: 0, fromAt: 0, toAt: 1, createdAt: 0 };
  return { id, reason: 'by_hand' as const, status: 'open' as const, nextTryAt, ...counts };
}

async function open(dialect: 'sqlite' | 'postgres', workers: number) {
  const database = await createTestDatabase(dialect);
  const dbs = Array.from({ length: workers }, () => connect(database.location));
  onTestFinished(async () => {
    await Promise.all(dbs.map((db) => db.destroy()));
    await database.remove();
  });
  const [db] = dbs;
  if (!db) throw new Error('no database');
  return { db, dbs };
}

for (const { name, insert, take, end } of ways) {
  describeOnBothDatabases(name, (dialect) => {
    it('hand each row to one of many workers', async () => {
      const { db, dbs } = await open(dialect, 4);
      const ids = Array.from({ length: 60 }, (_, at) => `evt_${String(at)}`);
      await insert(db, ids, 0);
      const taken: string[] = [];
      await Promise.all(
        dbs.map(async (worker, at) => {
          const lease = { holder: `w${String(at)}`, now: 1_000, leaseMs: 60_000, limit: 3 };
          for (;;) {
            const rows = await take(worker, lease);
            // Passed-over rows of a worker that is committing may hide the rest: an empty answer
            // ends this worker, and the others finish.
            if (rows.length === 0) return;
            taken.push(...rows.map((row) => row.id));
          }
        }),
      );
      expect([...taken].sort()).toEqual([...ids].sort());
    });

    it('expire, so that a dead worker’s row is taken again, and end with the row', async () => {
      const { db } = await open(dialect, 1);
      await insert(db, ['evt_1'], 0);
      const takeAt = (now: number) => take(db, { holder: 'w', now, leaseMs: 100, limit: 5 });
      expect(await takeAt(0)).toHaveLength(1);
      expect(await takeAt(99)).toHaveLength(0);
      expect(await takeAt(100)).toHaveLength(1);
      await end(db, 'evt_1');
      expect(await takeAt(10_000)).toHaveLength(0);
    });

    it('take no more than they are told to', async () => {
      const { db } = await open(dialect, 1);
      await insert(db, ['evt_1', 'evt_2', 'evt_3'], 0);
      const lease = { holder: 'w', now: 0, leaseMs: 100, limit: 1 };
      expect(await take(db, lease)).toHaveLength(1);
      expect(await take(db, lease)).toHaveLength(1);
      expect(await take(db, { ...lease, limit: 5 })).toHaveLength(1);
    });

    it('wait until a row’s time has come', async () => {
      const { db } = await open(dialect, 1);
      await insert(db, ['evt_1'], 500);
      const takeAt = (now: number) => take(db, { holder: 'w', now, leaseMs: 100, limit: 5 });
      expect(await takeAt(499)).toHaveLength(0);
      expect(await takeAt(500)).toHaveLength(1);
    });
  });
}

describeOnBothDatabases('events about one object', (dialect) => {
  it('are never with two workers, however many ask at once', async () => {
    const { db, dbs } = await open(dialect, 4);
    const events = Array.from({ length: 80 }, (_, at) =>
      event(`evt_${String(at)}`, `pi_${String(at % 8)}`),
    );
    await insertEvents(db, events);
    const inHand = new Map<string, string>();
    let clashes = 0;
    let handled = 0;
    await Promise.all(
      dbs.map(async (worker, at) => {
        const holder = `w${String(at)}`;
        while (handled < events.length) {
          const rows = await claimEvents(worker, { holder, now: 10, leaseMs: 60_000, limit: 3 });
          for (const { objectId } of rows) {
            const other = inHand.get(objectId ?? '');
            if (other !== undefined && other !== holder) clashes += 1;
            inHand.set(objectId ?? '', holder);
          }
          // What another does between the taking and the end, would meet what is in hand.
          await db.selectFrom('stripeEvents').select('id').limit(1).execute();
          for (const { objectId } of rows) inHand.delete(objectId ?? '');
          const ended = rows.map(({ id, leaseHolder }) => handledBy(id, leaseHolder));
          await endEvents(worker, ended, 20);
          handled += rows.length;
        }
      }),
    );
    expect(clashes).toBe(0);
    expect(handled).toBe(events.length);
  });

  it('wait for the one in hand, while those about others go on', async () => {
    const { db } = await open(dialect, 1);
    await insertEvents(db, [event('evt_1', 'pi_1'), event('evt_2', 'pi_2')]);
    const take = (holder: string) => claimEvents(db, { holder, now: 0, leaseMs: 100, limit: 9 });
    expect(await take('one')).toHaveLength(2);
    await insertEvents(db, [event('evt_3', 'pi_1'), event('evt_4', 'pi_3')]);
    expect(await take('two')).toMatchObject([{ id: 'evt_4' }]);
    await endEvents(db, [handledBy('evt_1', 'one')], 1);
    expect(await take('two')).toMatchObject([{ id: 'evt_3' }]);
  });
});
