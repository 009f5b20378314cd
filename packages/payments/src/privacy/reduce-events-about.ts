import { writeReduced } from '@onfile/db/tables/unreduced-events.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import type { Marks } from './is-about.ts';
import { isAbout } from './is-about.ts';
import { reducePayload } from './reduce-payload.ts';
import { walkEvents } from './walk-events.ts';

/**
 * Reduces the payloads of events about somebody now, whatever their age; also of those that wait, whose
 * handlers then ask Stripe.
 * @param since events that were handled before it are left out
 * @returns how many were reduced
 */
export async function reduceEventsAbout(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  marks: Marks,
  since = 0,
): Promise<number> {
  let reduced = 0;
  for await (const page of walkEvents(runtime, since)) {
    const theirs = page.filter((event) => isAbout(event, marks));
    if (theirs.length === 0) continue;
    const payloads = theirs.map((event) => ({ id: event.id, payload: reducePayload(event) }));
    const now = runtime.clock.now();
    reduced += await inTransaction(runtime.db, (tx) => writeReduced(tx, payloads, now));
  }
  return reduced;
}
