import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@onfile/dev-env/postgres.ts';
import type { Postgres } from '@onfile/dev-env/postgres.ts';

/**
 * A PostgreSQL as tests use it, but one that flushes its commits to the disk, as in production: with
 * a folder that is kept the server runs that way. The folder goes at `stop`.
 */
export async function startDurablePostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'onfile-bench-postgres-'));
  const postgres = await startPostgres({ dataDir });
  return {
    ...postgres,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
