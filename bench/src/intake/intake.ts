import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConstellation } from '@onfile/dev-env/constellation.ts';
import { startChild } from '../child-process.ts';
import type { Child } from '../child-process.ts';
import { startDurablePostgres } from '../durable-postgres.ts';
import { fewer } from '../fewer.ts';
import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { Load, LoadResult } from './load-client.ts';
import { startBare, startMinimal } from './start-servers.ts';

const connections = 32;
/** Until the compiler has seen the paths often enough: rates went on rising before that. */
const warmUpEvents = fewer(24_000);
const eventsARound = fewer(6_000);
const rounds = 7;

interface Side {
  name: string;
  url: string;
  results: LoadResult[];
}

type Say = (line: string) => void;

/**
 * Durable intake through the storefront's real endpoint, as a share of a bare `node:http` server and
 * of a minimal SvelteKit endpoint that do the same with the same group commit. Servers and client are
 * processes of their own; all are warmed; rounds alternate, and the ratio is the median of the
 * rounds' ratios, so that a slow moment of the machine meets every side.
 */
export async function intakeSqlite(say: Say): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-bench-'));
  try {
    return await measureIntake('intake-sqlite', say, {
      databaseUrl: undefined,
      ownDatabase: async (name) => ({ ONFILE_DATA_DIR: join(folder, name) }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same on PostgreSQL: one server, which flushes its commits to the disk; a database each. */
export async function intakePostgres(say: Say): Promise<Measured[]> {
  const postgres = await startDurablePostgres();
  try {
    return await measureIntake('intake-postgres', say, {
      databaseUrl: await postgres.createDatabase('onfile'),
      ownDatabase: async (name) => ({ DATABASE_URL: await postgres.createDatabase(name) }),
    });
  } finally {
    await postgres.stop();
  }
}

async function measureIntake(
  name: string,
  say: Say,
  databases: {
    databaseUrl: string | undefined;
    ownDatabase: (name: string) => Promise<Record<string, string>>;
  },
): Promise<Measured[]> {
  const { databaseUrl, ownDatabase } = databases;
  const shop = await startConstellation({
    children: ['sandbox', 'storefront'],
    databaseUrl,
    env: { LOG_LEVEL: 'warn' },
  });
  const client = startChild(new URL('./load-client.ts', import.meta.url));
  const stops = [() => client.stop()];
  try {
    const bare = await startBare({ ...shop.env, ...(await ownDatabase('bare')) });
    stops.push(bare.stop);
    const minimal = await startMinimal({ ...shop.env, ...(await ownDatabase('minimal')) });
    stops.push(minimal.stop);
    const ours = { name: 'onfile', url: `${shop.storefrontUrl}/webhooks/stripe`, results: [] };
    const others = [
      { name: 'bare node:http', url: bare.url, results: [] },
      { name: 'minimal SvelteKit', url: minimal.url, results: [] },
    ];
    const secret = shop.env['STRIPE_WEBHOOK_SECRET'] ?? '';
    await alternate(client, [ours, ...others], secret, (line) => say(`${name}, ${line}`));
    return others.map((other) => summarise(name, ours, other));
  } finally {
    for (const stop of stops) stop();
    await shop.stop();
  }
}

/** A round of warming, then rounds that count, each beginning with another side. */
async function alternate(client: Child, sides: Side[], secret: string, say: Say): Promise<void> {
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % sides.length;
    for (const side of [...sides.slice(first), ...sides.slice(0, first)]) {
      const count = round === 0 ? warmUpEvents : eventsARound;
      const prefix = `${side.name.replaceAll(/\W/g, '')}${String(round)}r`;
      const load: Load = { url: side.url, secret, prefix, count, connections };
      const result = await client.ask<LoadResult>(load);
      if (result.refused > 0) throw new Error(`${String(result.refused)} events were refused`);
      const what = round === 0 ? 'warm-up' : `round ${String(round)} of ${String(rounds)}`;
      say(`${what}, ${side.name}: ${result.eventsPerSecond.toFixed(0)} events/s`);
      if (round > 0) side.results.push(result);
    }
  }
}

function summarise(name: string, ours: Side, other: Side): Measured {
  const rate = ({ results }: Side): number => median(results.map((r) => r.eventsPerSecond));
  const times = (side: Side): string =>
    `${side.name} p50 ${median(side.results.map((r) => r.p50Ms)).toFixed(1)} ms, ` +
    `p99 ${median(side.results.map((r) => r.p99Ms)).toFixed(1)} ms`;
  return {
    name: `${name}: against ${other.name}`,
    ratio: median(
      ours.results.map(
        (result, at) => result.eventsPerSecond / (other.results[at]?.eventsPerSecond ?? Number.NaN),
      ),
    ),
    ours: rate(ours),
    other: rate(other),
    unit: 'events/s',
    notes: [times(ours), times(other)],
  };
}
