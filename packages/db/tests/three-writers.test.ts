import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/connect.ts';
import { migrateToLatest } from '../src/migrate.ts';
import { insertCustomer } from '../src/tables/customers.ts';

const script = new URL('./increment-often.ts', import.meta.url).pathname;

it('lets three processes read and write one SQLite file without losing or refusing a write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-writers-'));
  const file = join(folder, 'onfile.sqlite');
  const db = connect({ kind: 'sqlite', file });
  onTestFinished(async () => {
    await db.destroy();
    await rm(folder, { recursive: true });
  });
  await migrateToLatest(db);
  await insertCustomer(db, {
    id: 'counter',
    authUserId: 'counter',
    email: 'counter@example.com',
    name: null,
    stripeCustomerId: null,
    createdAt: 0,
    updatedAt: 0,
  });
  const times = 150;
  const writers = [1, 2, 3].map(() =>
    spawn(process.execPath, [script, file, String(times)], { stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  const said: string[] = [];
  for (const writer of writers) writer.stderr.on('data', (text) => said.push(String(text)));
  const codes = await Promise.all(
    writers.map(async (writer) => (await once(writer, 'exit'))[0] as number),
  );
  expect(said.join('')).toBe('');
  expect(codes).toEqual([0, 0, 0]);
  const counter = await db
    .selectFrom('customers')
    .select('updatedAt')
    .where('id', '=', 'counter')
    .executeTakeFirstOrThrow();
  expect(counter.updatedAt).toBe(3 * times);
});
