import { setTimeout as pause } from 'node:timers/promises';
import { startWorker } from '@onfile/dev-env/worker-process.ts';
import { killWorker, lookOn } from './storm.ts';
import type { Storm } from './storm.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { noteWhatWasLost } from './note-what-was-lost.ts';

/** Past every lease, the pauses after a failure or two, and the time until the next back-fill. */
const laterMs = 20 * 60_000;
const atOnce = 8;

/**
 * The trouble is over. Stripe delivers what it still has, the last workers die in the middle of whatever
 * they do, and a healthy one takes over: its clock is twenty minutes ahead, so that leases have run out.
 * @param stillMs when nothing has moved for so long, nothing will
 * @returns somebody who looks on with the same clock; nobody works any more
 */
export async function comeToRest(storm: Storm, stillMs: number): Promise<Runtime> {
  const { shop, workers } = storm;
  await shop.control.endChaos();
  await deliverTheRest(storm);
  await noteWhatWasLost(storm);
  await Promise.all(workers.map((worker) => killWorker(storm, worker)));
  const env = { ...shop.env, ONFILE_CLOCK_OFFSET_MS: String(laterMs) };
  const worker = await startWorker(env);
  const runtime = lookOn(env);
  try {
    await untilStill(storm, runtime, stillMs);
  } finally {
    await worker.stop();
  }
  return runtime;
}

/** Stripe would wait before it tries again; here each is sent at once, until all are taken. */
async function deliverTheRest({ shop }: Storm): Promise<void> {
  for (;;) {
    const waiting = await shop.control.deliveries('pending');
    if (waiting.length === 0) return;
    const one = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await shop.control.deliver(next);
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }
}

/** Until nothing is left to do, or nothing has moved for a while: what that means is found after. */
async function untilStill(storm: Storm, runtime: Runtime, stillMs: number): Promise<void> {
  let before = '';
  for (let stillSince = Date.now(); Date.now() - stillSince < stillMs; await pause(100)) {
    const left = await whatIsLeft(storm, runtime);
    if (Object.values(left).every((count) => count === 0)) return;
    const now = JSON.stringify(left);
    if (now !== before) stillSince = Date.now();
    before = now;
  }
}

async function whatIsLeft(
  { shop }: Storm,
  { db, clock }: Runtime,
): Promise<Record<string, number>> {
  const count = async (query: { execute(): Promise<unknown[]> }): Promise<number> =>
    (await query.execute()).length;
  const backFills = await db.selectFrom('backFills').selectAll().execute();
  const readUntil = backFills.filter(({ status }) => status === 'done').map(({ toAt }) => toAt);
  return {
    // What the last worker does makes events as well.
    deliveries: (await shop.control.countDeliveries()).pending,
    events: await count(db.selectFrom('stripeEvents').select('id').where('status', '=', 'pending')),
    attempts: await count(db.selectFrom('attempts').select('id').where('status', '=', 'open')),
    operations: await count(
      db.selectFrom('stripeOperations').select('id').where('status', '=', 'open'),
    ),
    due: await count(
      db
        .selectFrom('payments')
        .select('id')
        .where('nextStep', '=', 'charge')
        .where('chargeAt', '<=', clock.now()),
    ),
    backFills: backFills.filter(({ status }) => status === 'open').length,
    // Of those that this worker has begun; an earlier one ended before the last events.
    unread: Number(!readUntil.some((until) => until > clock.now() - laterMs / 2)),
  };
}
