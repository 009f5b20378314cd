import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/connect.ts';
import { claim } from '../src/lease.ts';
import { endEvent, insertEvents } from '../src/tables/stripe-events.ts';

describeOnBothDatabases('leases', (dialect) => {
  async function open(workers: number) {
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

  const event = (id: string) => ({
    id,
    type: 'customer.created',
    apiVersion: null,
    objectId: null,
    stripeCreatedAt: 0,
    payload: '{}',
    receivedAt: 0,
  });

  it('hand each row to one of many workers', async () => {
    const { db, dbs } = await open(4);
    const ids = Array.from({ length: 60 }, (_, at) => `evt_${String(at)}`);
    await insertEvents(db, ids.map(event));
    const taken: string[] = [];
    await Promise.all(
      dbs.map(async (worker, at) => {
        for (;;) {
          const rows = await claim(worker, 'stripeEvents', {
            holder: `w${String(at)}`,
            now: 1_000,
            leaseMs: 60_000,
            limit: 3,
          });
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
    const { db } = await open(1);
    await insertEvents(db, [event('evt_1')]);
    const take = (now: number) =>
      claim(db, 'stripeEvents', { holder: 'w', now, leaseMs: 100, limit: 5 });
    expect(await take(0)).toHaveLength(1);
    expect(await take(99)).toHaveLength(0);
    expect(await take(100)).toHaveLength(1);
    await endEvent(db, 'evt_1', 'handled', 150);
    expect(await take(10_000)).toHaveLength(0);
  });

  it('wait until a row’s time has come', async () => {
    const { db } = await open(1);
    await insertEvents(db, [{ ...event('evt_1'), receivedAt: 500 }]);
    const take = (now: number) =>
      claim(db, 'stripeEvents', { holder: 'w', now, leaseMs: 100, limit: 5 });
    expect(await take(499)).toHaveLength(0);
    expect(await take(500)).toHaveLength(1);
  });
});
