import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { endEvent, postponeEvent } from '@onfile/db/tables/stripe-events.ts';
import type { Runtime } from '../runtime.ts';
import { findHandler } from './handlers.ts';

const leaseMs = 60_000;
/** After this many failures an event waits for a person. */
const maxTries = 12;

/** When to try a failed event again: from 2 seconds to 1 hour. */
function nextTry(now: number, tries: number): number {
  return now + Math.min(2_000 * 2 ** tries, 3_600_000);
}

/**
 * Takes stored events and hands each to its handler. One that fails is tried again later and never
 * holds up the others.
 * @returns how many were taken
 */
export async function processInbox(runtime: Runtime): Promise<number> {
  const events = await claim(runtime.db, 'stripeEvents', {
    holder: runtime.leaseHolder,
    now: runtime.clock.now(),
    leaseMs,
    limit: 20,
  });
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
    const tries = row.tries + 1;
    const lastError = error instanceof Error ? error.message : String(error);
    const now = runtime.clock.now();
    runtime.log.error({ event: row.id, type: row.type, tries, err: error }, 'event not handled');
    if (tries >= maxTries) await endEvent(runtime.db, row.id, 'dead', now, lastError);
    else {
      await postponeEvent(runtime.db, row.id, { tries, nextTryAt: nextTry(now, tries), lastError });
    }
  }
}
