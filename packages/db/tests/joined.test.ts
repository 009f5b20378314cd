import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { sql } from 'kysely';
import { expect, it, onTestFinished, vi } from 'vitest';
import { connect } from '../src/connect.ts';
import { joined, sideBySide } from '../src/joined.ts';
import { findCustomer, insertCustomer } from '../src/tables/customers.ts';
import { updateOrder } from '../src/tables/orders.ts';
import { afterCommit, inTransaction } from '../src/transaction.ts';
import { updateEach } from '../src/update-each.ts';

/** Each by its own name. */
const named = (...ids: string[]) => new Map(ids.map((id) => [id, id]));

describeOnBothDatabases('what is done side by side', (dialect) => {
  async function open() {
    const database = await createTestDatabase(dialect);
    const db = connect(database.location);
    onTestFinished(async () => {
      await db.destroy();
      await database.remove();
    });
    for (const id of ['ada', 'ben', 'cleo']) {
      const times = { createdAt: 0, updatedAt: 0 };
      await insertCustomer(db, { id, authUserId: id, email: `${id}@example.com`, ...times });
      const of = { id: `order-${id}`, customerId: id, number: id, plan: '{}', currency: 'usd' };
      const order = { ...of, status: 'open' as const, totalMinor: 100, placedAt: 0, updatedAt: 0 };
      await db.insertInto('orders').values(order).execute();
    }
    const orders = () => db.selectFrom('orders').selectAll().orderBy('id').execute();
    return { db, orders };
  }

  it('is one statement for all that ask for the same, and gives each its own answer', async () => {
    const { db } = await open();
    const asked = vi.fn();
    const find = joined(async (tx, ids: string[]) => {
      asked(ids);
      return Promise.all(ids.map((id) => findCustomer(tx, id)));
    });
    const found = new Map<string, string | undefined>();
    await inTransaction(db, (tx) =>
      sideBySide(tx, named('ben', 'nobody', 'ada'), async (id) => {
        found.set(id, (await find(tx, id))?.email);
      }),
    );
    expect(asked.mock.calls).toEqual([[['ben', 'nobody', 'ada']]]);
    expect(Object.fromEntries(found)).toEqual({
      ben: 'ben@example.com',
      nobody: undefined,
      ada: 'ada@example.com',
    });
    await find(db, 'cleo');
    expect(asked.mock.calls[1]).toEqual([['cleo']]);
  });

  it('reads again what may have been written since', async () => {
    const { db } = await open();
    const names: (string | null | undefined)[] = [];
    await inTransaction(db, (tx) =>
      sideBySide(tx, named('ada'), async (id) => {
        names.push((await findCustomer(tx, id))?.name);
        await tx.updateTable('customers').set({ name: 'Ada' }).where('id', '=', id).execute();
        names.push((await findCustomer(tx, id))?.name);
      }),
    );
    expect(names).toEqual([null, 'Ada']);
  });

  it('is undone as a whole when one fails, after all others have come to rest', async () => {
    const { db, orders } = await open();
    const committed = vi.fn();
    const failing = inTransaction(db, (tx) =>
      sideBySide(tx, named('order-ada', 'order-ben', 'order-cleo'), async (id) => {
        afterCommit(tx, committed);
        await updateOrder(tx, { id, change: { status: 'paid' } });
        if (id === 'order-ada') throw new Error('not this one');
        await updateOrder(tx, { id, change: { updatedAt: 7 } });
      }),
    );
    await expect(failing).rejects.toThrow('not this one');
    expect((await orders()).map((row) => [row.status, row.updatedAt])).toEqual([
      ['open', 0],
      ['open', 0],
      ['open', 0],
    ]);
    expect(committed).not.toHaveBeenCalled();
  });

  it('fails with what failed first, not with what the database refuses after it', async () => {
    const { db } = await open();
    const failing = inTransaction(db, (tx) =>
      sideBySide(tx, named('ada', 'ben'), async (id) => {
        await findCustomer(tx, id);
        if (id === 'ben') await sql`select no_such_column`.execute(tx);
        for (let at = 0; at < 3; at += 1) await findCustomer(tx, id);
      }),
    );
    await expect(failing).rejects.toMatchObject({
      name: 'OneFailed',
      key: 'ben',
      message: expect.stringContaining('no_such_column') as string,
    });
  });

  it('refuses two changes of one row in one statement', async () => {
    const { db } = await open();
    const twice = ['paid', 'canceled'] as const;
    const changes = twice.map((status) => ({ id: 'order-ada', change: { status } }));
    await expect(updateEach(db, 'orders', changes)).rejects.toThrow('changed twice');
  });

  it('changes each row in its own way: also to null, by other columns, and only from a status', async () => {
    const { db, orders } = await open();
    const changed = await updateEach(db, 'orders', [
      { id: 'order-cleo', change: { eventAt: 5, updatedAt: 1 } },
      { id: 'order-ada', change: { eventAt: null, updatedAt: 1 } },
      { id: 'order-ben', change: { status: 'paid' }, from: 'canceled' },
      { id: 'order-nobody', change: { status: 'paid' } },
    ]);
    expect(changed.map((row) => row && [row.id, row.eventAt, row.updatedAt])).toEqual([
      ['order-cleo', 5, 1],
      ['order-ada', null, 1],
      undefined,
      undefined,
    ]);
    expect((await orders()).map((row) => [row.id, row.eventAt, row.status])).toEqual([
      ['order-ada', null, 'open'],
      ['order-ben', null, 'open'],
      ['order-cleo', 5, 'open'],
    ]);
  });
});
