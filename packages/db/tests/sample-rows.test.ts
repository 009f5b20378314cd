import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/connect.ts';
import type { Db } from '../src/database.ts';
import { customersToCompare } from '../src/views/rows-to-compare.ts';
import { findRandomId } from '../src/views/sample-rows.ts';

const idOf = (at: number) => `cust_${String(at).padStart(6, '0')}`;

describeOnBothDatabases('a sample of a table', (dialect) => {
  /** Customers, of whom some are at Stripe. */
  async function opened(count: number, isAtStripe: (at: number) => boolean): Promise<Db> {
    const database = await createTestDatabase(dialect);
    const db = connect(database.location);
    onTestFinished(async () => {
      await db.destroy();
      await database.remove();
    });
    const rows = Array.from({ length: count }, (_, at) => ({
      id: idOf(at),
      authUserId: null,
      email: 'a@example.com',
      name: null,
      stripeCustomerId: isAtStripe(at) ? `cus_${String(at)}` : null,
      createdAt: 0,
      updatedAt: 0,
    }));
    for (let at = 0; at < count; at += 400) {
      await db
        .insertInto('customers')
        .values(rows.slice(at, at + 400))
        .execute();
    }
    return db;
  }

  const sample = (db: Db, after: string | null, limit: number) =>
    customersToCompare(db, { after, limit, isSample: true });

  it('goes on where the last one has ended, and after the last row with the first', async () => {
    const db = await opened(7, () => true);
    const seen: string[][] = [];
    let after: string | null = null;
    for (let turn = 0; turn < 4; turn += 1) {
      const { rows, last } = await sample(db, after, 3);
      seen.push(rows.map(({ id }) => id));
      after = last;
    }
    expect(seen).toEqual(
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 0, 1],
        [2, 3, 4],
      ].map((turn) => turn.map(idOf)),
    );
  });

  it('has no row twice, and all of a table that is smaller', async () => {
    const db = await opened(5, (at) => at !== 2);
    const { rows, last } = await sample(db, idOf(3), 50);
    expect(rows.map(({ id }) => id)).toEqual([4, 0, 1, 3].map(idOf));
    expect((await sample(db, last, 50)).rows).toHaveLength(4);
    expect(await sample(db, null, 50)).toMatchObject({ last: null, rows: { length: 4 } });
  });

  it('passes a thousand rows at most that are not wanted, and goes on behind them', async () => {
    const db = await opened(1_250, (at) => at === 1_200);
    const first = await sample(db, null, 3);
    expect(first).toEqual({ rows: [], last: idOf(999) });
    const second = await sample(db, first.last, 3);
    expect(second.rows).toMatchObject([{ id: idOf(1_200) }]);
    expect(second.last).toBe(idOf(999));
  });

  it('begins, where it begins at random, at any row from one on and at no other', async () => {
    const db = await opened(20, () => true);
    const seen = new Set<string | null>();
    for (let draw = 0; draw < 400; draw += 1) {
      seen.add(await findRandomId(db, 'customers', idOf(10)));
    }
    expect([...seen].sort()).toEqual(Array.from({ length: 10 }, (_, at) => idOf(10 + at)));
    expect(await findRandomId(db, 'customers', idOf(20))).toBeNull();
  });
});
