import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { countWaiting } from '@onfile/db/tables/stripe-events.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { startChild } from '../child-process.ts';
import { startWorker } from '@onfile/dev-env/worker-process.ts';
import type { Delivered, Deliveries } from './deliver.ts';

/** How many are taken in at a time, as the benchmark of the intake has connections. */
const atOnce = 32;
const patienceMs = 300_000;

/** What became of one run of the events. */
export interface Handled {
  /** Until the last event was handled and its rows were changed. */
  seconds: number;
  eventsPerSecond: number;
  takenInSeconds: number;
  /** From received to handled, in milliseconds. */
  lagP50Ms: number;
  lagP99Ms: number;
}

/**
 * How the payments stand before their events: `told`, as after the answer of the worker's own call, which
 * is how most events find them; or `processing`, so that the event is what settles them.
 */
export type Before = 'told' | 'processing';

/** Our two processes: one takes in, the other is a worker as it is deployed, with all its loops. */
export interface OurSide {
  run(job: { file: string; secret: string; events: number; before: Before }): Promise<Handled>;
  stop(): Promise<void>;
}

export async function startOurSide(
  runtime: Runtime,
  env: Record<string, string>,
): Promise<OurSide> {
  const intake = startChild(new URL('./onfile-intake.ts', import.meta.url), env);
  const worker = await startWorker(env);
  await untilBackFilled(runtime);
  return {
    async run({ file, secret, events, before }) {
      await forgetAll(runtime, before);
      const job: Deliveries = { file, secret, atOnce };
      const [delivered] = await Promise.all([
        intake.ask<Delivered>(job),
        untilHandled(runtime, events),
      ]);
      return summarise(runtime, delivered, events);
    },
    async stop() {
      intake.stop();
      await worker.stop();
    },
  };
}

/** A worker begins by asking Stripe for what it has missed: here the very events of the benchmark. */
async function untilBackFilled({ db }: Runtime): Promise<void> {
  const isRead = async (): Promise<boolean> => {
    const runs = await db.selectFrom('backFills').select('status').execute();
    return runs.length > 0 && runs.every(({ status }) => status !== 'open');
  };
  await waitUntil('the worker has read what it missed', isRead, patienceMs);
  const isHandled = async (): Promise<boolean> => (await countWaiting(db, 1)) === 0;
  await waitUntil('it has handled that', isHandled, patienceMs);
}

/** Everything as it was before the first event. */
async function forgetAll({ db }: Runtime, before: Before): Promise<void> {
  await sql`truncate stripe_events, event_types, refunds, outbox, audit_log`.execute(db);
  const status = before === 'told' ? 'succeeded' : 'processing';
  await db.updateTable('payments').set({ status, settledAt: null }).execute();
  await db.updateTable('paymentIntents').set({ status, asOf: 0 }).execute();
  await db.updateTable('attempts').set({ status }).execute();
  await sql`vacuum analyze`.execute(db);
  await sql`checkpoint`.execute(db);
}

async function untilHandled({ db }: Runtime, events: number): Promise<void> {
  for (;;) {
    const { done } = await db
      .selectFrom('stripeEvents')
      .where('status', 'in', ['handled', 'ignored'])
      .select((eb) => eb.fn.countAll<number>().as('done'))
      .executeTakeFirstOrThrow();
    if (done >= events) return;
    await wait(250);
  }
}

async function summarise(
  { db }: Runtime,
  { startedAt, endedAt }: Delivered,
  events: number,
): Promise<Handled> {
  const unpaid = await db
    .selectFrom('payments')
    .where('status', '!=', 'succeeded')
    .select('id')
    .execute();
  if (unpaid.length > 0) throw new Error(`${unpaid.length} payments were not settled`);
  const rows = await db.selectFrom('stripeEvents').select(['receivedAt', 'handledAt']).execute();
  const handledAt = Math.max(...rows.map((row) => row.handledAt ?? Number.NaN));
  const lags = rows
    .map((row) => (row.handledAt ?? Number.NaN) - row.receivedAt)
    .toSorted((a, b) => a - b);
  const at = (share: number): number => lags[Math.floor(lags.length * share)] ?? Number.NaN;
  const seconds = (handledAt - startedAt) / 1000;
  return {
    seconds,
    eventsPerSecond: events / seconds,
    takenInSeconds: (endedAt - startedAt) / 1000,
    lagP50Ms: at(0.5),
    lagP99Ms: at(0.99),
  };
}
