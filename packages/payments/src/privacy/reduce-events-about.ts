import {
  listPendingEvents,
  listUnreduced,
  writeReduced,
} from '@onfile/db/tables/unreduced-events.ts';
import type { EventsPage } from '@onfile/db/tables/unreduced-events.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { reducePayload } from './reduce-payload.ts';

const batch = 200;

/** By what an event is known to be about somebody. */
export interface Marks {
  /** Stripe's ids of them and of what is theirs. */
  stripeIds: Set<string>;
  /** Their addresses, in small letters. */
  emails: string[];
}

interface Event {
  id: string;
  type: string;
  objectId: string | null;
  payload: string;
}

/** Whether an event names any of it, anywhere. */
export function isAbout(event: Pick<Event, 'payload'>, marks: Marks): boolean {
  for (const [word] of event.payload.matchAll(/\w+_\w+/g)) {
    if (marks.stripeIds.has(word)) return true;
  }
  if (marks.emails.length === 0) return false;
  const text = event.payload.toLowerCase();
  return marks.emails.some((email) => text.includes(email));
}

/**
 * Reduces the payloads of events about somebody now, whatever their age; also of those that wait, whose
 * handlers then ask Stripe. Events are walked a page at a time, by the indexes of what is not reduced
 * yet and of what waits.
 * @param since events that were handled before it are left out
 * @returns how many were reduced
 */
export async function reduceEventsAbout(
  runtime: Runtime,
  marks: Marks,
  since = 0,
): Promise<number> {
  return (await reduceHandled(runtime, marks, since)) + (await reducePending(runtime, marks));
}

async function reduceHandled(runtime: Runtime, marks: Marks, from: number): Promise<number> {
  const within = { from, to: runtime.clock.now() };
  let after: EventsPage['after'] = null;
  let reduced = 0;
  for (;;) {
    const events = await listUnreduced(runtime.db, within, { after, limit: batch });
    const last = events.at(-1);
    if (!last) return reduced;
    reduced += await reduce(runtime, events, marks);
    after = { handledAt: last.handledAt, id: last.id };
  }
}

async function reducePending(runtime: Runtime, marks: Marks): Promise<number> {
  let afterId = '';
  let reduced = 0;
  for (;;) {
    const events = await listPendingEvents(runtime.db, { afterId, limit: batch });
    const last = events.at(-1);
    if (!last) return reduced;
    reduced += await reduce(runtime, events, marks);
    afterId = last.id;
  }
}

async function reduce(runtime: Runtime, events: Event[], marks: Marks): Promise<number> {
  const theirs = events.filter((event) => isAbout(event, marks));
  if (theirs.length === 0) return 0;
  const reduced = theirs.map((event) => ({ id: event.id, payload: reducePayload(event) }));
  return inTransaction(runtime.db, (tx) => writeReduced(tx, reduced, runtime.clock.now()));
}
