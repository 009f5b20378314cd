import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { endEvent, postponeEvent } from '@onfile/db/tables/stripe-events.ts';
import { backOff } from '../back-off.ts';
import type { Runtime } from '../runtime.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { workerLease } from '../worker/worker-lease.ts';
import { findHandler } from './handlers.ts';

/** After this many failures of our own an event waits for a person. */
const maxTries = 12;
/** How long an event waits when Stripe cannot be asked; an outage never makes it dead. */
const outagePauseMs = 30_000;

/**
 * Takes stored events and hands each to its handler. One that fails is tried again later and never
 * holds up the others.
 * @returns how many were taken
 */
export async function processInbox(runtime: Runtime): Promise<number> {
  const events = await claim(runtime.db, 'stripeEvents', workerLease(runtime));
  for (const row of events) await handleEvent(runtime, row);
  return events.length;
}

async function handleEvent(runtime: Runtime, row: Row<'stripeEvents'>): Promise<void> {
  const handle = findHandler(row.type);
  if (!handle) {
    await endEvent(runtime.db, row.id, 'ignored', runtime.clock.now());
    return;
  }
  try {
    await handle(runtime, JSON.parse(row.payload) as Stripe.Event);
    await endEvent(runtime.db, row.id, 'handled', runtime.clock.now());
  } catch (error) {
    runtime.log.error({ event: row.id, type: row.type, err: error }, 'event not handled');
    await tryAgain(runtime, row, error);
  }
}

async function tryAgain(runtime: Runtime, row: Row<'stripeEvents'>, error: unknown): Promise<void> {
  const now = runtime.clock.now();
  const lastError = error instanceof Error ? error.message : String(error);
  if (isPassing(error)) {
    const again = { tries: row.tries, nextTryAt: now + outagePauseMs, lastError };
    await postponeEvent(runtime.db, row, again);
    return;
  }
  const tries = row.tries + 1;
  if (tries >= maxTries) {
    await endEvent(runtime.db, row.id, 'dead', now, lastError);
    return;
  }
  const nextTryAt = backOff(now, tries, { firstMs: 2_000, mostMs: 3_600_000 });
  await postponeEvent(runtime.db, row, { tries, nextTryAt, lastError });
}
