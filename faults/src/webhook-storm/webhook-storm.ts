import { startPostgres } from '@onfile/dev-env/postgres.ts';
import { closeRuntime } from '@onfile/payments/runtime.ts';
import { blowsOf, strike } from './blows.ts';
import { comeToRest } from './come-to-rest.ts';
import { findStormViolations } from './find-storm-violations.ts';
import { makeEvents } from './make-events.ts';
import { oweAndSave } from './owe-and-save.ts';
import { plantFault } from './plants.ts';
import type { StormPlantName } from './plants.ts';
import { openStorm } from './storm.ts';
import type { Storm, Tally } from './storm.ts';

export interface WebhookStormOptions {
  events: number;
  /** Of the acts, the blows, and what becomes of each delivery. */
  seed: number;
  database: 'sqlite' | 'postgres';
  plant?: StormPlantName[];
}

/** What came of it. */
export interface Weathered {
  /** Events that Stripe was to deliver. */
  events: number;
  /** How often one was sent, and how many of these were taken. */
  sent: number;
  taken: number;
  /** Events that Stripe never sent. */
  dropped: number;
  kills: Tally;
  /** Events that the back-fill had before a delivery, or without one. */
  backFilled: number;
  violations: string[];
}

/**
 * Some events are never delivered; of the others each comes twice, and in any order. Their list is seldom to
 * be had: each worker that starts would otherwise read from it most of what is still on its way.
 */
const chaos = {
  webhooks: { drop: 0.02, double: 1, shuffle: true },
  faults: [
    { action: 'status', status: 503, method: 'GET', path: '/v1/events', probability: 0.9 },
  ] as const,
};
/** When nothing has moved for so long, nothing will; longer than any loop of a worker's is idle. */
const patientMs = 20_000;
/** With a fault that is there on purpose. */
const hastyMs = 7_000;
/** The rest of the deliveries is left alone: what is interrupted again and again comes late only. */
const troubleShare = 0.9;

/**
 * Storefront, workers and database are struck at moments of the seed's while Stripe delivers its events
 * twice and shuffled; afterwards each must have been handled once, and both sides must say the same.
 */
export async function webhookStorm(
  options: WebhookStormOptions,
  say: (line: string) => void,
): Promise<Weathered> {
  const postgres = options.database === 'postgres' ? await startPostgres() : null;
  try {
    const databaseUrl = await postgres?.createDatabase('onfile_storm');
    return await weather({ ...options, databaseUrl }, say);
  } finally {
    await postgres?.stop();
  }
}

/** The same on a PostgreSQL database that is there; without one on SQLite. */
export async function weather(
  options: Omit<WebhookStormOptions, 'database'> & { databaseUrl: string | undefined },
  say: (line: string) => void,
): Promise<Weathered> {
  const storm = await openStorm({ databaseUrl: options.databaseUrl, say });
  try {
    await storm.shop.control.startChaos(options.seed, { ...chaos, faults: [...chaos.faults] });
    for (const name of options.plant ?? []) await plantFault(storm.runtime.db, name);
    say('Saving cards and writing down what is owed …');
    const stock = await oweAndSave(storm, options.events);
    let isMaking = true;
    const making = makeEvents(storm, stock, options).finally(() => (isMaking = false));
    await Promise.all([making, strikeUntilCalm(storm, options, () => isMaking)]);
    say('The trouble is over; coming to rest …');
    const runtime = await comeToRest(storm, options.plant ? hastyMs : patientMs);
    try {
      return await count(storm, await findStormViolations(storm, runtime));
    } finally {
      await closeRuntime(runtime);
    }
  } finally {
    await storm.close();
  }
}

async function strikeUntilCalm(
  storm: Storm,
  { events, seed }: { events: number; seed: number },
  isMaking: () => boolean,
): Promise<void> {
  // Longer than a writer waits for SQLite's lock, and than Stripe waits for an answer.
  const longestMs = events < 1_000 ? 1_000 : 11_500;
  for (const [at, blow] of blowsOf(seed, longestMs).entries()) {
    const { delivered, pending } = await storm.shop.control.countDeliveries();
    const isOver = !isMaking() && delivered > (delivered + pending) * troubleShare;
    // A small storm has its first blows in any case.
    if (isOver && at >= 3) return;
    await strike(storm, blow);
    if ((at + 1) % 5 === 0) storm.say(progress(storm, delivered, pending));
  }
}

function progress({ kills }: Storm, delivered: number, pending: number): string {
  return (
    `${String(delivered)} deliveries taken, ${String(pending)} waiting; killed: storefront ` +
    `${String(kills.storefront)}, worker ${String(kills.worker)}; database cut ${String(kills.database)}`
  );
}

async function count({ shop, runtime, kills }: Storm, violations: string[]): Promise<Weathered> {
  const { events, tries, delivered, dropped } = await shop.control.countDeliveries();
  const backFilled = await runtime.db
    .selectFrom('stripeEvents')
    .select('id')
    .where('cameBy', '=', 'list')
    .execute();
  return {
    events,
    sent: tries,
    taken: delivered,
    dropped,
    kills,
    backFilled: backFilled.length,
    violations,
  };
}
