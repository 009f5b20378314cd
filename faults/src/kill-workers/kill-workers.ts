import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { startConstellation } from '@onfile/dev-env/constellation.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { startPostgres } from '@onfile/dev-env/postgres.ts';
import { seedDuePayments } from '@onfile/dev-env/seed-due-payments.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { startWorker } from '@onfile/dev-env/worker-process.ts';
import type { WorkerProcess } from '@onfile/dev-env/worker-process.ts';
import { countCharges } from './count-charges.ts';
import type { Counted } from './count-charges.ts';

export interface KillWorkersOptions {
  payments: number;
  seed: number;
  database: 'sqlite' | 'postgres';
}

const workers = 3;
const path = '/v1/payment_intents';
/** A shop this slow to finish is stuck: a killed worker's leases last a minute, and so do pauses. */
const mostMs = 20 * 60_000;

/** A blow: after how long, to whom, and how many answers are held back, their work done. */
interface Blow {
  afterMs: number;
  worker: number;
  held: number;
  heldForMs: number;
}

const blow: fc.Arbitrary<Blow> = fc.record({
  afterMs: fc.integer({ min: 50, max: 1_500 }),
  worker: fc.nat({ max: workers - 1 }),
  held: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10 })),
  heldForMs: fc.integer({ min: 10, max: 400 }),
});

/**
 * Real workers charge what is due, and are killed at moments of the seed's, some of them while Stripe
 * has done the work and holds its answer; a new one takes each one's place.
 */
export async function killWorkers(
  options: KillWorkersOptions,
  say: (line: string) => void,
): Promise<Counted> {
  const postgres = options.database === 'postgres' ? await startPostgres() : null;
  const shop = await startConstellation({
    children: ['sandbox'],
    // Paced as with a live account, so that there is time to die in.
    env: { LOG_LEVEL: 'warn', STRIPE_RATE_LIMITS: 'live' },
    databaseUrl: await postgres?.createDatabase('onfile_killed'),
  });
  const running: WorkerProcess[] = [];
  try {
    say(`${String(options.payments)} payments fall due …`);
    const ids = await withRuntime(shop, (runtime) =>
      seedDuePayments(
        { runtime, sandbox: { url: shop.sandboxUrl } },
        { count: options.payments, dueAt: runtime.clock.now() },
      ),
    );
    for (let at = 0; at < workers; at += 1) running.push(await startWorker(shop.env));
    return await strikeUntilDone(shop, { ids, running, seed: options.seed }, say);
  } finally {
    await Promise.all(running.map((worker) => worker.stop()));
    await shop.stop();
    await postgres?.stop();
  }
}

async function strikeUntilDone(
  shop: Constellation,
  given: { ids: string[]; running: WorkerProcess[]; seed: number },
  say: (line: string) => void,
): Promise<Counted> {
  const { ids, running } = given;
  const deadline = Date.now() + mostMs;
  const blows = fc.sample(blow, { seed: given.seed, numRuns: 10_000 });
  let kills = 0;
  for (;;) {
    const counted = { ...(await countCharges(shop, ids)), kills };
    if (counted.open === 0) return counted;
    if (Date.now() > deadline) return counted;
    // The last ones are left alone, or their leases would never run out.
    const isNearTheEnd = counted.once > ids.length * 0.9;
    const next = blows[kills];
    if (isNearTheEnd || !next) {
      await pause(1_000);
      continue;
    }
    await strike(shop, running, next);
    kills += 1;
    if (kills % 5 === 0) say(`${String(kills)} killed, ${String(counted.once)} charged`);
  }
}

async function strike(shop: Constellation, running: WorkerProcess[], next: Blow): Promise<void> {
  await pause(next.afterMs);
  const holding =
    next.held > 0
      ? await shop.control.fault({ method: 'POST', path, action: 'hold_after', times: next.held })
      : null;
  await pause(holding ? next.heldForMs : 0);
  await running[next.worker]?.kill();
  await holding?.release();
  await shop.control.clearFaults();
  running[next.worker] = await startWorker(shop.env);
}
