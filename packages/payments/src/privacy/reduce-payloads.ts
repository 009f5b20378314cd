import { listErasedSince } from '@onfile/db/tables/people.ts';
import { listUnreduced, writeReduced } from '@onfile/db/tables/unreduced-events.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { readPersonRecords, stripeIdsOf } from '@onfile/db/views/person-records.ts';
import type { Runtime } from '../runtime.ts';
import { reduceEventsAbout } from './reduce-events-about.ts';
import { reducePayload } from './reduce-payload.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Few enough that a writer that waits for the transaction does not notice. */
const batch = 200;

/**
 * Reduces payloads of events that were handled so many days ago as the shop keeps them. Counted from
 * the handling, not from the delivery: an event may have waited for a person, and only what was
 * handled is in the index, which costs the intake nothing. What still arrives about a person who was
 * erased today does not wait.
 * @returns how many were reduced
 */
export async function reducePayloads(runtime: Runtime): Promise<number> {
  return (await reduceOld(runtime)) + (await reduceLate(runtime));
}

async function reduceOld(runtime: Runtime): Promise<number> {
  const now = runtime.clock.now();
  const to = now - runtime.settings.eventPayloadDays * dayMs;
  const events = await listUnreduced(runtime.db, { from: 0, to }, { after: null, limit: batch });
  if (events.length === 0) return 0;
  const reduced = events.map((event) => ({ id: event.id, payload: reducePayload(event) }));
  return inTransaction(runtime.db, (tx) => writeReduced(tx, reduced, now));
}

/** Stripe tells of the detaching itself, among others. */
async function reduceLate(runtime: Runtime): Promise<number> {
  const erased = await listErasedSince(runtime.db, runtime.clock.now() - dayMs);
  if (erased.length === 0) return 0;
  const ids = erased.map(({ id }) => id);
  const stripeIds = stripeIdsOf(await readPersonRecords(runtime.db, ids));
  const since = Math.min(...erased.map(({ erasedAt }) => erasedAt));
  return reduceEventsAbout(runtime, { stripeIds, emails: [] }, since);
}
