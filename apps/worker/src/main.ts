import { pendingMigrations } from '@onfile/db/migrate.ts';
import { guardEnvironment } from '@onfile/payments/environment.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import { SettingsError } from '@onfile/payments/settings.ts';
import { loops } from '@onfile/payments/worker/loops.ts';
import { runLoop } from '@onfile/payments/worker/run-loop.ts';
import { readSettings } from './settings.ts';

const runtime = openRuntime(readSettings(), { name: 'worker' });
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());

try {
  const pending = await pendingMigrations(runtime.db);
  if (pending.length > 0) {
    throw new SettingsError(['The database is not up to date: run "pnpm onfile migrate" first.']);
  }
  await guardEnvironment(runtime);
  runtime.log.info({ loops: loops.map((loop) => loop.name) }, 'worker started');
  await Promise.all(loops.map((loop) => runLoop(runtime, loop, stop.signal)));
  runtime.log.info('worker drained');
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await closeRuntime(runtime);
}
