import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConstellation } from '@onfile/dev-env/constellation.ts';
import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { Load, LoadResult } from './load-client.ts';

const connections = 32;
/** Until the compiler has seen the paths often enough: rates went on rising before that. */
const warmUpEvents = 24_000;
const eventsARound = 6_000;
const rounds = 7;

const child = (file: string, env: Record<string, string> = {}): ChildProcess =>
  fork(new URL(file, import.meta.url), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

async function startBare(
  folder: string,
  env: Record<string, string>,
): Promise<{ url: string; stop: () => void }> {
  const server = child('./bare-server.ts', { ...env, ONFILE_DATA_DIR: folder });
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  return { url: `http://127.0.0.1:${String(port)}/webhooks/stripe`, stop: () => server.kill() };
}

async function measure(client: ChildProcess, load: Load): Promise<LoadResult> {
  client.send(load);
  const [result] = (await once(client, 'message')) as [LoadResult];
  if (result.refused > 0) throw new Error(`${String(result.refused)} events were refused`);
  return result;
}

/**
 * Durable intake through the storefront's real endpoint, as a share of a bare `node:http` server
 * that does the same with the same group commit. Servers and client are processes of their own;
 * both servers are warmed; rounds alternate, and the ratio is the median of the rounds' ratios, so
 * that a slow moment of the machine meets both sides.
 */
export async function intakeSqlite(say: (line: string) => void): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-bench-'));
  const shop = await startConstellation({
    children: ['sandbox', 'storefront'],
    env: { LOG_LEVEL: 'warn' },
  });
  const secret = shop.env['STRIPE_WEBHOOK_SECRET'] ?? '';
  const bare = await startBare(folder, shop.env);
  const client = child('./load-client.ts');
  const ours: LoadResult[] = [];
  const other: LoadResult[] = [];
  try {
    const sides = [
      { name: 'onfile', url: `${shop.storefrontUrl}/webhooks/stripe`, results: ours },
      { name: 'bare', url: bare.url, results: other },
    ];
    for (let round = 0; round <= rounds; round += 1) {
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
        const count = round === 0 ? warmUpEvents : eventsARound;
        const prefix = `${side.name}${String(round)}r`;
        const load = { url: side.url, secret, prefix, count, connections };
        const result = await measure(client, load);
        const what = round === 0 ? 'warm-up' : `round ${String(round)} of ${String(rounds)}`;
        say(`intake-sqlite, ${what}, ${side.name}: ${result.eventsPerSecond.toFixed(0)} events/s`);
        if (round > 0) side.results.push(result);
      }
    }
  } finally {
    client.disconnect();
    bare.stop();
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return [summarise(ours, other)];
}

function summarise(ours: LoadResult[], other: LoadResult[]): Measured {
  const rate = (results: LoadResult[]): number => median(results.map((r) => r.eventsPerSecond));
  const times = (name: string, results: LoadResult[]): string =>
    `${name} p50 ${median(results.map((r) => r.p50Ms)).toFixed(1)} ms, ` +
    `p99 ${median(results.map((r) => r.p99Ms)).toFixed(1)} ms`;
  return {
    name: 'intake-sqlite',
    ratio: median(
      ours.map((result, at) => result.eventsPerSecond / (other[at]?.eventsPerSecond ?? Number.NaN)),
    ),
    ours: rate(ours),
    other: rate(other),
    unit: 'events/s',
    notes: [times('onfile', ours), times('bare node:http', other)],
  };
}
