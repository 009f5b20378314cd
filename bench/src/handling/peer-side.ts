import { createRequire } from 'node:module';
import type { runMigrations as Migrate } from '@supabase/stripe-sync-engine';
import pg from 'pg';
import { startChild } from '../child-process.ts';
import type { Delivered } from './deliver.ts';
import type { PeerJob } from './peer-intake.ts';

/** How the peer is run: processes, and events at a time in each, with as many connections. */
export interface PeerSetting {
  processes: number;
  atOnce: number;
}

/** Ours are two processes, so the peer may have two as well; what suits it best is found first. */
export const peerSettings: PeerSetting[] = [
  { processes: 1, atOnce: 10 },
  { processes: 1, atOnce: 20 },
  { processes: 1, atOnce: 40 },
  { processes: 2, atOnce: 10 },
  { processes: 2, atOnce: 20 },
];

export interface PeerSide {
  /** @param files the events dealt out to so many processes, by the number of processes */
  run(job: { files: Map<number, string[]>; secret: string }, setting: PeerSetting): Promise<number>;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const tables = ['charges', 'customers', 'payment_intents', 'payment_methods', 'refunds'];

/**
 * The peer on its own schema. `run` answers how many seconds passed until each event was in its table:
 * its call resolves after the row is written.
 * @param objects how many rows there must be after
 */
export async function startPeerSide(databaseUrl: string, objects: number): Promise<PeerSide> {
  const { runMigrations } = require('@supabase/stripe-sync-engine') as {
    runMigrations: typeof Migrate;
  };
  await runMigrations({ databaseUrl, schema: 'stripe' });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const intake = new URL('./peer-intake.ts', import.meta.url);
  const children = [startChild(intake), startChild(intake)];
  return {
    async run({ files, secret }, { processes, atOnce }) {
      await client.query(`truncate ${tables.map((table) => `stripe.${table}`).join(', ')}`);
      await client.query('vacuum analyze');
      await client.query('checkpoint');
      const delivered = await Promise.all(
        (files.get(processes) ?? []).map((file, at) => {
          const job: PeerJob = { file, secret, databaseUrl, atOnce, connections: atOnce };
          return (children[at] as (typeof children)[0]).ask<Delivered>(job);
        }),
      );
      await countRows(client, objects);
      const startedAt = Math.min(...delivered.map((one) => one.startedAt));
      return (Math.max(...delivered.map((one) => one.endedAt)) - startedAt) / 1000;
    },
    async stop() {
      for (const child of children) child.stop();
      await client.end();
    },
  };
}

async function countRows(client: pg.Client, objects: number): Promise<void> {
  const counts = tables.map((table) => `(select count(*) from stripe.${table})`).join(' + ');
  const { rows } = await client.query<{ total: string }>(`select ${counts} as total`);
  if (Number(rows[0]?.total) !== objects) {
    throw new Error(`${rows[0]?.total} of ${objects} objects are in the peer's tables`);
  }
}
