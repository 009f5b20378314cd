import { collectDefaultMetrics, Gauge } from 'prom-client';
import { readBacklog, readInboxBacklog, waitingTables } from '@onfile/db/views/backlog.ts';
import type { Runtime } from '../runtime.ts';
import { registry, tableLabel } from './metrics.ts';

const registers = [registry];
const labelNames = ['table'];

const waiting = new Gauge({
  name: 'onfile_rows_waiting',
  help: 'Rows that are not done with, whenever their time comes, by table.',
  labelNames,
  registers,
});

const due = new Gauge({
  name: 'onfile_rows_due',
  help: 'Rows whose time has come and that are not done with, by table.',
  labelNames,
  registers,
});

const overdueSeconds = new Gauge({
  name: 'onfile_rows_overdue_seconds',
  help: 'Since when the first of the rows that are due has been so, by table.',
  labelNames,
  registers,
});

const expiredLeases = new Gauge({
  name: 'onfile_leases_expired',
  help: 'Rows held by a lease that ran out: their worker died or is slow. By table.',
  labelNames,
  registers,
});

const oldestEventSeconds = new Gauge({
  name: 'onfile_events_oldest_waiting_seconds',
  help: 'How long ago the oldest event came that is not handled yet.',
  registers,
});

const deadEvents = new Gauge({
  name: 'onfile_events_dead',
  help: 'Events that wait for a person.',
  registers,
});

let hasDefaults = false;

/**
 * Everything that this process has counted, and what the database says waits now, in the text format
 * of Prometheus. All processes give the same backlog: it is one database.
 */
export async function readMetrics(runtime: Pick<Runtime, 'db' | 'clock'>): Promise<string> {
  // Those of Node itself cost a little all the time: only where somebody asks for them.
  if (!hasDefaults) collectDefaultMetrics({ register: registry });
  hasDefaults = true;
  await measureBacklog(runtime);
  return registry.metrics();
}

async function measureBacklog({ db, clock }: Pick<Runtime, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  const secondsSince = (at: number | null): number =>
    at === null ? 0 : Math.max(0, now - at) / 1_000;
  for (const from of waitingTables) {
    const backlog = await readBacklog(db, from, now);
    const table = tableLabel(from);
    waiting.set({ table }, backlog.waiting);
    due.set({ table }, backlog.due);
    overdueSeconds.set({ table }, secondsSince(backlog.dueSince));
    expiredLeases.set({ table }, backlog.expiredLeases);
  }
  const inbox = await readInboxBacklog(db);
  oldestEventSeconds.set(secondsSince(inbox.oldestReceivedAt));
  deadEvents.set(inbox.dead);
}
