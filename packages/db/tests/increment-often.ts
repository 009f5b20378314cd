import { connect } from '../src/connect.ts';
import { inTransaction } from '../src/transaction.ts';

// A process of its own: reads a number and writes it back plus one, many times.
const [file = '', times = '0'] = process.argv.slice(2);
const db = connect({ kind: 'sqlite', file });
for (let i = 0; i < Number(times); i += 1) {
  await inTransaction(db, async (tx) => {
    const row = await tx
      .selectFrom('customers')
      .select('updatedAt')
      .where('id', '=', 'counter')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('customers')
      .set({ updatedAt: row.updatedAt + 1 })
      .where('id', '=', 'counter')
      .execute();
  });
}
await db.destroy();
