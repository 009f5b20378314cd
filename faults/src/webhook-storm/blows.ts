import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { startWorker } from '@onfile/dev-env/worker-process.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { pick } from '../door/pick.ts';
import { cutDatabase } from './cut-database.ts';
import { noteWhatWasLost } from './note-what-was-lost.ts';
import { killWorker } from './storm.ts';
import type { Storm, Tally } from './storm.ts';

/** A blow: after how long, at what, and for how long where it does not kill. */
export interface Blow {
  afterMs: number;
  at: keyof Tally;
  worker: number;
  /** A worker: while it has events in hand. */
  inTheMiddle: boolean;
  forMs: number;
}

const targets: (keyof Tally)[] = ['storefront', 'worker', 'database'];

/** Blows in the order of the seed; the first three are one at each. */
export function blowsOf(seed: number, longestMs: number): Blow[] {
  const blow: fc.Arbitrary<Blow> = fc.record({
    afterMs: fc.integer({ min: 20, max: 700 }),
    at: fc.constantFrom(...targets),
    worker: fc.nat(),
    inTheMiddle: fc.boolean(),
    forMs: fc.oneof(
      { weight: 15, arbitrary: fc.integer({ min: 50, max: Math.min(longestMs, 2_500) }) },
      { weight: 1, arbitrary: fc.constant(longestMs) },
    ),
  });
  const blows = fc.sample(blow, { seed, numRuns: 5_000 });
  const first = (at: number) => ({ at: targets[at], inTheMiddle: true });
  return blows.map((one, at) => ({ ...one, ...(at < targets.length && first(at)) }));
}

/** Kills a process with SIGKILL and starts it again, or keeps everybody from the database for a while. */
export async function strike(storm: Storm, blow: Blow): Promise<void> {
  const { shop, kills } = storm;
  await pause(blow.afterMs);
  kills[blow.at] += 1;
  if (blow.at === 'database') {
    await cutDatabase(storm, blow.forMs);
  } else if (blow.at === 'storefront') {
    await shop.kill('storefront', 'SIGKILL');
    await noteWhatWasLost(storm);
    await shop.startChild('storefront');
  } else {
    if (blow.inTheMiddle) await untilOneWorks(storm);
    await replaceWorker(storm, blow);
  }
}

/** The one that has events in hand; when none has, the one that the blow names. */
async function replaceWorker(storm: Storm, blow: Blow): Promise<void> {
  const { shop, workers } = storm;
  const holders = await listHolders(storm);
  const busy = workers.filter(({ pid }) =>
    holders.some((name) => name.startsWith(`worker-${String(pid)}-`)),
  );
  const victim = pick(blow.inTheMiddle && busy.length > 0 ? busy : workers, blow.worker);
  await killWorker(storm, victim);
  workers[workers.indexOf(victim)] = await startWorker(shop.env);
}

async function listHolders({ runtime }: Storm): Promise<string[]> {
  const rows = await runtime.db
    .selectFrom('stripeEvents')
    .select('leaseHolder')
    .distinct()
    .where('status', '=', 'pending')
    .where('leasedUntil', '>', runtime.clock.now())
    .execute();
  return rows.flatMap(({ leaseHolder }) => leaseHolder ?? []);
}

/** Not long: when all is handled the blow falls on an idle one. */
async function untilOneWorks(storm: Storm): Promise<void> {
  const isWorking = async (): Promise<boolean> => {
    const holders = await listHolders(storm);
    return storm.workers.some(({ pid }) =>
      holders.some((name) => name.startsWith(`worker-${String(pid)}-`)),
    );
  };
  await waitUntil('a worker handles events', isWorking, 1_000, 5).catch(() => false);
}
