import { startConstellation } from '@onfile/dev-env/constellation.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { startPostgres } from '@onfile/dev-env/postgres.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { comeToRest, waitUntilFewWait } from './come-to-rest.ts';
import { disrupt } from './disrupt.ts';
import type { Blows } from './disrupt.ts';
import { findDamage } from './find-damage.ts';
import type { Damage } from './find-damage.ts';
import { happen, prepare } from './happen.ts';

export const stormPlants = ['no-back-fill', 'unhandled'] as const;
export type StormPlant = (typeof stormPlants)[number];

export interface StormOptions {
  events: number;
  seed: number;
  database: 'sqlite' | 'postgres';
  /** Breaks Onfile on purpose. */
  plant?: StormPlant | undefined;
}

export type StormReport = Damage & Blows;

/** One in so many deliveries is lost for good. */
const lostShare = 0.03;

/**
 * Things happen at Stripe, past Onfile and through it, and every event of them is delivered twice and in any
 * order, some never, while the storefront and the worker are killed and the database is torn away. Then
 * all is left in peace, and what Onfile holds is compared with what the sandbox says.
 */
export async function webhookStorm(
  options: StormOptions,
  say: (line: string) => void,
): Promise<StormReport> {
  const postgres = options.database === 'postgres' ? await startPostgres() : null;
  const shop = await startConstellation({
    children: ['sandbox', 'storefront', 'worker'],
    env: { LOG_LEVEL: 'warn' },
    databaseUrl: await postgres?.createDatabase('onfile_storm'),
  });
  try {
    const since = Date.now();
    say(`About ${String(options.events)} events …`);
    const stage = await prepare(shop, options.events);
    if (options.plant === 'no-back-fill') await holdBackFill(shop);
    await shop.control.storm({ seed: options.seed, drop: lostShare, double: 1 });
    const ended = new AbortController();
    const blows = disrupt(shop, { ...options, until: ended.signal, say });
    await happen(shop, stage);
    // The last deliveries are left alone, or what is sent again and again would never arrive.
    await waitUntilFewWait(shop, options.events / 20);
    ended.abort();
    const struck = await blows;
    await shop.control.calm();
    await comeToRest(shop, { since, plant: options.plant, say });
    return { ...struck, ...(await findDamage(shop, stage.paymentIds)) };
  } finally {
    await shop.stop();
    await postgres?.stop();
  }
}

/** The fault on purpose: Stripe's list is never read, because a reading is for ever in somebody's hand. */
async function holdBackFill(shop: Constellation): Promise<void> {
  await withRuntime(shop, ({ db, clock }) => {
    const hold = { leasedUntil: clock.now() + 24 * 3_600_000, leaseHolder: 'nobody' };
    const change = { status: 'open' as const, reason: 'schedule' as const, ...hold };
    return db
      .updateTable('backFills')
      .set(change)
      .where('id', 'in', (eb) => eb.selectFrom('backFills').select('id').limit(1))
      .execute();
  });
}
