import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { connect } from '@onfile/db/connect.ts';
import type { Db } from '@onfile/db/database.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import type { StormPlant } from './webhook-storm.ts';

export interface Blows {
  storefronts: number;
  workers: number;
  /** How often every connection to the database was cut, or (SQLite) nobody could write. */
  databases: number;
}

interface Blow {
  afterMs: number;
  to: keyof Blows;
  forMs: number;
}

const blow: fc.Arbitrary<Blow> = fc.record({
  afterMs: fc.integer({ min: 150, max: 1_200 }),
  to: fc.constantFrom<keyof Blows>('storefronts', 'workers', 'databases'),
  forMs: fc.integer({ min: 100, max: 1_500 }),
});

/** Strikes at moments of the seed's until told to end; each kind at least once. */
export async function disrupt(
  shop: Constellation,
  given: {
    seed: number;
    until: AbortSignal;
    plant?: StormPlant | undefined;
    say: (line: string) => void;
  },
): Promise<Blows> {
  const blows: Blows = { storefronts: 0, workers: 0, databases: 0 };
  const first: Blow[] = (['storefronts', 'workers', 'databases'] as const).map((to) => ({
    to,
    afterMs: 100,
    forMs: 200,
  }));
  const db = connect(parseSettings(shop.env).database);
  try {
    for (const next of [...first, ...fc.sample(blow, { seed: given.seed, numRuns: 10_000 })]) {
      const isOver = given.until.aborted && Object.values(blows).every((count) => count > 0);
      if (isOver) break;
      await pause(next.afterMs);
      await strike(shop, db, next);
      blows[next.to] += 1;
      if (given.plant === 'unhandled') await takeForHandled(db);
      const total = blows.storefronts + blows.workers + blows.databases;
      if (total % 10 === 0) given.say(`${String(total)} blows`);
    }
  } finally {
    await db.destroy();
  }
  return blows;
}

async function strike(shop: Constellation, db: Db, { to, forMs }: Blow): Promise<void> {
  if (to === 'databases') {
    await tearAway(shop, db, forMs);
    return;
  }
  const name = to === 'storefronts' ? 'storefront' : 'worker';
  await shop.kill(name, 'SIGKILL');
  await pause(forMs);
  await shop.startChild(name);
}

/** On PostgreSQL every session ends in the middle of what it does; on SQLite somebody holds the write lock. */
async function tearAway(shop: Constellation, db: Db, forMs: number): Promise<void> {
  if (parseSettings(shop.env).database.kind === 'postgres') {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(db);
    return;
  }
  await db.transaction().execute(() => pause(forMs));
}

/** The fault on purpose: some that wait are said to be handled, and nobody ever has. */
async function takeForHandled(db: Db): Promise<void> {
  const waiting = await db
    .selectFrom('stripeEvents')
    .select('id')
    .where('status', '=', 'pending')
    .limit(20)
    .execute();
  if (waiting.length === 0) return;
  await db
    .updateTable('stripeEvents')
    .set({ status: 'handled' })
    .where(
      'id',
      'in',
      waiting.map(({ id }) => id),
    )
    .execute();
}
