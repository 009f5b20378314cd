import pino from 'pino';
import { startConstellation } from '@onfile/dev-env/constellation.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { startWorker } from '@onfile/dev-env/worker-process.ts';
import type { WorkerProcess } from '@onfile/dev-env/worker-process.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';

/** What was done to the shop so far. */
export interface Tally {
  storefront: number;
  worker: number;
  database: number;
}

/** A running shop, those who work in it, and what was seen of it. */
export interface Storm {
  shop: Constellation;
  workers: WorkerProcess[];
  /** Of somebody who only looks on: no cut reaches it. */
  runtime: Runtime;
  kills: Tally;
  /** What must never be, each in a sentence. */
  violations: Set<string>;
  say: (line: string) => void;
  close(): Promise<void>;
}

/** Whose sessions are spared when the database's connections are cut. */
export const onlooker = 'onlooker';

const workers = 2;

/** Starts sandbox, storefront and workers: real processes, the app as it is built for production. */
export async function openStorm(given: {
  databaseUrl: string | undefined;
  say: (line: string) => void;
}): Promise<Storm> {
  const shop = await startConstellation({
    children: ['sandbox', 'storefront'],
    env: { LOG_LEVEL: 'warn' },
    ...given,
  });
  const running: WorkerProcess[] = [];
  const runtime = lookOn(shop.env);
  const close = async (): Promise<void> => {
    await closeRuntime(runtime);
    await Promise.all(running.map((worker) => worker.stop()));
    await shop.stop();
  };
  try {
    for (let at = 0; at < workers; at += 1) running.push(await startWorker(shop.env));
  } catch (problem) {
    await close();
    throw problem;
  }
  const kills = { storefront: 0, worker: 0, database: 0 };
  const violations = new Set<string>();
  void shop.unexpectedEnd.then(({ child, how }) => {
    violations.add(`the ${child.name} ${how}, and nobody had killed it`);
  });
  return { shop, workers: running, runtime, kills, violations, say: given.say, close };
}

/** Kills a worker with SIGKILL. One that has ended by itself is a violation. */
export async function killWorker({ violations }: Storm, worker: WorkerProcess): Promise<void> {
  if (worker.hasEnded()) violations.add('a worker ended, and nobody had killed it');
  await worker.kill();
}

/** Opens what the processes with these variables work on, under a name of its own. */
export function lookOn(env: Record<string, string>): Runtime {
  const { DATABASE_URL: url } = env;
  const settings = parseSettings({
    ...env,
    ...(url && { DATABASE_URL: `${url}?application_name=${onlooker}` }),
  });
  return openRuntime(settings, {
    name: onlooker,
    log: pino({ level: 'silent' }),
    guard: ownGuard(),
  });
}
