import { Counter, Histogram, Registry } from 'prom-client';
import type { AttemptStatus } from '@onfile/db/database.ts';
import type { EventStatus } from '@onfile/db/records.ts';
import type { WaitingTable } from '@onfile/db/views/backlog.ts';

/** What this process counts. Every label has a closed set of values: nothing of a stranger's gets in. */
export const registry = new Registry();

const registers = [registry];

const deliveries = new Counter({
  name: 'onfile_webhook_deliveries_total',
  help: 'Deliveries to the webhook endpoint, by what came of them.',
  labelNames: ['outcome'],
  registers,
});

const intakeSeconds = new Histogram({
  name: 'onfile_webhook_intake_seconds',
  help: 'From having a delivery in hand to its commit.',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});

const handled = new Counter({
  name: 'onfile_events_handled_total',
  help: 'Events taken from the inbox, by type (those that we listen to) and by what came of them.',
  labelNames: ['type', 'outcome'],
  registers,
});

const handlingLag = new Histogram({
  name: 'onfile_event_handling_lag_seconds',
  help: 'From the receipt of an event to the end of its handling.',
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400],
  registers,
});

const attempts = new Counter({
  name: 'onfile_attempts_total',
  help: 'Attempts to charge, by what they came to; "unknown" each time that nobody could say.',
  labelNames: ['outcome'],
  registers,
});

const stripeAnswers = new Counter({
  name: 'onfile_stripe_answers_total',
  help: 'Answers of Stripe, by class of status; "none" where there was no answer.',
  labelNames: ['status'],
  registers,
});

const tooMany = new Counter({
  name: 'onfile_stripe_429_total',
  help: 'Answers of Stripe that say that there was too much at once, by its reason.',
  labelNames: ['reason'],
  registers,
});

const mails = new Counter({
  name: 'onfile_mails_total',
  help: 'Mails taken from the outbox, by what came of them.',
  labelNames: ['outcome'],
  registers,
});

const leases = new Counter({
  name: 'onfile_leases_taken_total',
  help: 'Rows that this process took to work on, by table.',
  labelNames: ['table'],
  registers,
});

/**
 * On the hot path: one increment.
 * @param outcome `failed`: its body was cut off, or it could not be stored; Stripe sends it again
 */
export function countDelivery(outcome: 'refused' | 'turned_away' | 'failed'): void {
  deliveries.inc({ outcome });
}

/** On the hot path: an increment and an observation. @param startedAt of `performance.now()` */
export function countStored(startedAt: number): void {
  deliveries.inc({ outcome: 'stored' });
  intakeSeconds.observe((performance.now() - startedAt) / 1_000);
}

/**
 * Counts what came of an event; how long it took is observed where it is done with.
 * @param event.type of those that we listen to; all others are counted together
 * @param outcome `again`: it failed, and is tried again
 */
export function countHandled(
  event: { type: string; receivedAt: number },
  outcome: Exclude<EventStatus, 'pending'> | 'again',
  now: number,
): void {
  handled.inc({ type: outcome === 'ignored' ? 'other' : event.type, outcome });
  if (outcome === 'handled') handlingLag.observe(Math.max(0, now - event.receivedAt) / 1_000);
}

export function countAttempt(outcome: Exclude<AttemptStatus, 'open'> | 'unknown'): void {
  attempts.inc({ outcome });
}

/** Stripe's reasons (docs.stripe.com/rate-limits); a new one counts as "other". */
const knownReasons = new Set([
  'global-rate',
  'endpoint-rate',
  'global-concurrency',
  'endpoint-concurrency',
  'resource-specific',
]);

/** @param status of HTTP; null where no answer came */
export function countStripeAnswer(status: number | null, limitedReason?: unknown): void {
  if (status === 429) {
    const isKnown = typeof limitedReason === 'string' && knownReasons.has(limitedReason);
    tooMany.inc({ reason: isKnown ? limitedReason : 'other' });
  }
  stripeAnswers.inc({
    status: status === null ? 'none' : `${Math.floor(status / 100)}xx`,
  });
}

/** @param outcome `kept`: no mail server is set; `again`: no server took it, it is tried again */
export function countMail(outcome: 'sent' | 'kept' | 'again' | 'dead'): void {
  mails.inc({ outcome });
}

/** A table by its name in the database. */
export function tableLabel(table: WaitingTable): string {
  return table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Counts the rows of one claim, and hands them on. */
export function countLeases<Row>(table: WaitingTable, rows: Row[]): Row[] {
  if (rows.length > 0) leases.inc({ table: tableLabel(table) }, rows.length);
  return rows;
}
