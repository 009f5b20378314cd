import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../child-process.ts';
import type { Child } from '../child-process.ts';
import { startDurablePostgres } from '../durable-postgres.ts';
import { fewer } from '../fewer.ts';
import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { InboxJob, InboxRates } from './inbox-process.ts';

const stored = fewer(1_000_000);
const eventsARound = fewer(8_000);
const rounds = 15;

type Say = (line: string) => void;
type Env = Record<string, string>;

/** Settings of a shop whose Stripe is never asked. */
const env: Env = {
  STRIPE_SECRET_KEY: 'sk_test_onlyForBenchmarks',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_onlyForBenchmarks',
  STRIPE_WEBHOOK_SECRET: 'whsec_onlyForBenchmarksAtScale',
  STRIPE_API_BASE: 'http://127.0.0.1:9',
  ONFILE_AUTH_SECRET: 'only-for-benchmarks-only-for-benchmarks',
  LOG_LEVEL: 'warn',
};

/**
 * Intake and handling with 1,000,000 events stored, as a share of the same with an empty table, on both
 * databases. A process for each table does both parts, without HTTP; rounds alternate, and what a round
 * has stored is taken away again after it.
 */
export async function intakeAtScale(say: Say): Promise<Measured[]> {
  return [...(await onSqlite(say)), ...(await onPostgres(say))];
}

async function onSqlite(say: Say): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-bench-'));
  try {
    return await compare('sqlite', say, async (name) => ({ ONFILE_DATA_DIR: join(folder, name) }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onPostgres(say: Say): Promise<Measured[]> {
  const postgres = await startDurablePostgres();
  try {
    return await compare('postgres', say, async (name) => ({
      DATABASE_URL: await postgres.createDatabase(name),
    }));
  } finally {
    await postgres.stop();
  }
}

async function compare(
  dialect: string,
  say: Say,
  database: (name: string) => Promise<Env>,
): Promise<Measured[]> {
  const file = new URL('./inbox-process.ts', import.meta.url);
  const empty = startChild(file, { ...env, ...(await database('empty')) });
  const full = startChild(file, { ...env, ...(await database('full')) });
  const ask = <Answer>(child: Child, job: InboxJob): Promise<Answer> => child.ask<Answer>(job);
  const rates = { empty: [] as InboxRates[], full: [] as InboxRates[] };
  try {
    say(`intake-at-scale, ${dialect}: ${stored} events are stored …`);
    await ask(empty, { stored: 0 });
    await ask(full, { stored });
    for (let round = 0; round <= rounds; round += 1) {
      const job = { events: eventsARound, round };
      const sides = [
        { child: empty, list: rates.empty },
        { child: full, list: rates.full },
      ];
      for (const { child, list } of round % 2 === 0 ? sides : sides.reverse()) {
        const measured = await ask<InboxRates>(child, job);
        // The first round warms.
        if (round > 0) list.push(measured);
      }
      say(`intake-at-scale, ${dialect}, round ${round} of ${rounds}: ${inWords(rates)}`);
    }
  } finally {
    empty.stop();
    full.stop();
  }
  return [summarise('intake', dialect, rates), summarise('handling', dialect, rates)];
}

function inWords(rates: { empty: InboxRates[]; full: InboxRates[] }): string {
  const last = (list: InboxRates[]): string => {
    const rate = list.at(-1);
    return rate ? `${rate.intake.toFixed(0)} and ${rate.handling.toFixed(0)}` : 'warm-up';
  };
  return `empty ${last(rates.empty)}, full ${last(rates.full)} events/s`;
}

function summarise(
  part: keyof InboxRates,
  dialect: string,
  rates: { empty: InboxRates[]; full: InboxRates[] },
): Measured {
  const of = (list: InboxRates[]): number[] => list.map((rate) => rate[part]);
  const empty = of(rates.empty);
  return {
    name: `intake-at-scale: ${part}, ${dialect}`,
    ratio: median(of(rates.full).map((rate, at) => rate / (empty[at] ?? Number.NaN))),
    ours: median(of(rates.full)),
    other: median(empty),
    unit: 'events/s',
    notes: [`${stored} events stored, against an empty table`],
  };
}
