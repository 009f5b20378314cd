import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '@onfile/db/database.ts';
import { lockBuckets, saveBucket } from '@onfile/db/tables/pacing-buckets.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Clock } from '../clock.ts';
import type { Lane, RateLimits, Turn } from './pacing.ts';
import { emptied, endpointOf, turnIn } from './pacing.ts';

/** What a call to Stripe goes through before it is sent, and what it is told about its answer. */
export interface Pace {
  /** Waits until the call may go. */
  await(method: string, path: string): Promise<void>;
  /** Stripe has said that there were too many after all. */
  slowDown(method: string, path: string): Promise<void>;
}

export interface PaceGiven {
  db: Db;
  clock: Clock;
  lane: Lane;
  limits: RateLimits;
}

/** For Stripe as it is in a sandbox that limits nothing. */
export const unpaced: Pace = { await: () => Promise.resolve(), slowDown: () => Promise.resolve() };

/**
 * Keeps all processes together under Stripe's limits, by buckets in the database (which belongs to one
 * account). Calls of one process to one endpoint ask in the order in which they came.
 */
export function paceCalls(given: PaceGiven): Pace {
  const queues = new Map<string, Promise<unknown>>();
  return {
    await(method, path) {
      const endpoint = endpointOf(method, path);
      const before = queues.get(endpoint) ?? Promise.resolve();
      const turn = before.then(() => takeTurn(given, endpoint));
      // One that failed is its own caller's matter, not that of those behind it.
      queues.set(
        endpoint,
        turn.catch(() => undefined),
      );
      return turn;
    },
    slowDown: (method, path) =>
      inTransaction(given.db, async (tx) => {
        for (const { bucket, limit } of await limitedBuckets(tx, given, endpointOf(method, path))) {
          await saveBucket(tx, emptied(bucket, limit, given.clock.now()));
        }
      }),
  };
}

/** So many turns may pass unused before a call goes anyhow: where each is written down too late. */
const mostLateTurns = 3;

async function takeTurn(given: PaceGiven, endpoint: string): Promise<void> {
  let late = 0;
  while (late <= mostLateTurns) {
    const turn = await tryTurn(given, endpoint);
    const now = given.clock.now();
    if ('askAt' in turn) {
      await wait(Math.max(1, turn.askAt - now));
      continue;
    }
    // What was counted in a second that ended while it was written down would come on top of the next.
    if (Math.floor(now / 1_000) <= turn.second) return;
    late += 1;
  }
}

/** @returns the second in which the call may go, otherwise when to ask again */
function tryTurn(
  given: PaceGiven,
  endpoint: string,
): Promise<{ second: number } | { askAt: number }> {
  return inTransaction(given.db, async (tx) => {
    const buckets = await limitedBuckets(tx, given, endpoint);
    const now = given.clock.now();
    const turns: Turn[] = buckets.map(({ bucket, limit }) =>
      turnIn(bucket, limit, { lane: given.lane, now }),
    );
    const askAt = Math.max(...turns.map((turn) => (turn.isFree ? 0 : turn.askAt)));
    if (askAt > 0) return { askAt };
    for (const turn of turns) if (turn.isFree) await saveBucket(tx, turn.after);
    return { second: Math.max(...turns.map((turn) => (turn.isFree ? turn.after.second : 0))) };
  });
}

/** The key of the bucket that every call takes from. */
const ofAccount = 'account';

async function limitedBuckets(tx: Db, given: PaceGiven, endpoint: string) {
  const buckets = await lockBuckets(tx, [ofAccount, endpoint]);
  return buckets.map((bucket) => ({
    bucket,
    limit: bucket.key === ofAccount ? given.limits.total : given.limits.endpoint,
  }));
}
