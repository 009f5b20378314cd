import type { Instant, Row } from '@onfile/db/database.ts';
import { findBackFill, findCoveredUntil, insertBackFill } from '@onfile/db/tables/back-fills.ts';
import { findEnvironment } from '@onfile/db/tables/environment.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../../audit.ts';
import { audit } from '../../audit.ts';
import { newId } from '../../ids.ts';
import { Refusal } from '../../refusal.ts';
import type { Runtime } from '../../runtime.ts';

const minuteMs = 60_000;
/** Stripe lists events for 30 days; what is older is found by comparing, not by events. */
export const listedMs = 30 * 24 * 60 * minuteMs;
/** Read again of what was read before: an event may be listed a little after the moment that it bears. */
const overlapMs = 10 * minuteMs;
const everyMs = 15 * minuteMs;

type Planned = Pick<Runtime, 'db' | 'clock'>;

/**
 * Plans to read Stripe's list from where the last reading ended, every quarter of an hour; one at a time,
 * however many workers think of it.
 * @param atStart do not wait for the quarter: what came while nobody listened is wanted now
 */
export async function planScheduledBackFill(runtime: Planned, atStart = false): Promise<void> {
  const now = runtime.clock.now();
  const covered = await findCoveredUntil(runtime.db);
  if (!atStart && covered !== null && now < covered + everyMs) return;
  const since = covered ?? (await findEnvironment(runtime.db))?.recordedAt ?? now - listedMs;
  await insertBackFill(runtime.db, newRun('schedule', since - overlapMs, now));
}

/**
 * Reads the list from a moment that a person names, at most 30 days back.
 * @throws Refusal `day_not_passed` for a moment to come
 */
export async function requestBackFill(
  runtime: Planned,
  asked: { from: Instant; actor: Actor },
): Promise<Row<'backFills'>> {
  const now = runtime.clock.now();
  if (asked.from > now) throw new Refusal('day_not_passed', 'from');
  const run = newRun('by_hand', asked.from, now);
  await inTransaction(runtime.db, async (tx) => {
    await insertBackFill(tx, run);
    await audit(tx, runtime.clock, {
      actor: asked.actor,
      action: 'webhooks.back_fill_requested',
      subject: { kind: 'webhooks', id: run.id },
      details: { from: new Date(run.fromAt).toISOString() },
    });
  });
  const row = await findBackFill(runtime.db, run.id);
  if (!row) throw new Error(`back-fill ${run.id} is gone`);
  return row;
}

function newRun(reason: Row<'backFills'>['reason'], from: Instant, now: Instant) {
  return {
    id: newId('backFill'),
    reason,
    fromAt: Math.max(from, now - listedMs),
    toAt: now,
    cursor: null,
    status: 'open' as const,
    seen: 0,
    missed: 0,
    tries: 0,
    createdAt: now,
    finishedAt: null,
    nextTryAt: now,
    leasedUntil: null,
    leaseHolder: null,
    lastError: null,
  };
}
