import { setTimeout as wait } from 'node:timers/promises';
import type Stripe from 'stripe';
import { ignoreEvents } from '@onfile/db/claim-events.ts';
import type { Db, Row } from '@onfile/db/database.ts';
import type { GroupCommit } from '@onfile/db/group-commit.ts';
import { groupCommit } from '@onfile/db/group-commit.ts';
import { noteTypes } from '@onfile/db/tables/event-types.ts';
import type { EndedEvent } from '@onfile/db/tables/stripe-events.ts';
import { endEvents, renewEvents } from '@onfile/db/tables/stripe-events.ts';
import { inLogContext } from '../observability/log-context.ts';
import { countHandled, countLeases } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { workerLease } from '../worker/worker-lease.ts';
import { openAsking } from './asking.ts';
import type { Asking } from './asking.ts';
import { findHandler } from './handlers.ts';
import { listenedTypes, tellsAnEnd } from './listened.ts';
import { isForAnOutage, putOff } from './put-off.ts';
import type { FoundAway } from './put-off.ts';
import { settleEnds } from './settle-ends.ts';
import { takeEvents } from './take-events.ts';
import { tryEventAgain } from './try-event-again.ts';

type Event = Row<'stripeEvents'>;

/** What the events of one batch share. */
interface Batch {
  asking: Asking;
  foundAway: FoundAway[];
}

/** How many events are taken at once, and of how many objects at a time. */
const batchSize = 100;
const objectsAtOnce = 8;

/** Ends of events that come together are written together; one by one they cost more than handling. */
const endings = new WeakMap<Db, GroupCommit<EndedEvent>>();

function endingsOf(runtime: Runtime): GroupCommit<EndedEvent> {
  const { db, clock } = runtime;
  let group = endings.get(db);
  if (!group) {
    group = groupCommit((ended) => endEvents(db, ended, clock.now()), batchSize);
    endings.set(db, group);
  }
  return group;
}

/**
 * Takes stored events and hands each to its handler: those about one object one after the other, those
 * about different objects side by side. One that fails is tried again later, and holds up no other.
 * @returns how many were done with, or have failed; not those that only wait until Stripe can be asked
 */
export async function processInbox(runtime: Runtime): Promise<number> {
  const unheard = await ignoreUnheard(runtime);
  const lease = { ...workerLease(runtime), limit: batchSize };
  const events = countLeases('stripeEvents', await takeEvents(runtime, lease));
  if (events.length === 0) return unheard;
  // Nothing waits for it: an event that was taken is handled, whether or not this is written down.
  await noteTypes(runtime.db, events).catch((error: unknown) =>
    runtime.log.warn({ err: error }, 'the types of events were not noted'),
  );
  const done = new AbortController();
  const kept = keepLease(runtime, { ids: events.map((event) => event.id), ...lease }, done.signal);
  const settled = await settleEnds(runtime, events);
  const batch: Batch = { asking: openAsking(runtime, settled), foundAway: [] };
  const ignored = events.filter((event) => !findHandler(event.type));
  for (const event of ignored) countHandled(event, 'ignored', runtime.clock.now());
  const groups = groupByObject(events.filter((event) => findHandler(event.type)));
  try {
    const results = await Promise.allSettled([
      ...ignored.map((event) =>
        endingsOf(runtime).add({ ...event, status: 'ignored', lastError: null }),
      ),
      ...Array.from({ length: objectsAtOnce }, () => handleGroups(runtime, groups, batch)),
    ]);
    await putOff(runtime, batch.foundAway);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    done.abort();
    await kept;
  }
  return unheard + events.length - batch.foundAway.length;
}

/** Events that nobody handles are ended before any is taken: that costs a third of taking them. */
async function ignoreUnheard({ db, clock }: Runtime): Promise<number> {
  const now = clock.now();
  const ignored = await ignoreEvents(db, { heard: listenedTypes, now });
  if (ignored.length === 0) return 0;
  await noteTypes(db, ignored);
  for (const event of ignored) countHandled(event, 'ignored', now);
  return ignored.length;
}

/** While a batch takes long (Stripe is slow), nobody else takes what is in it. */
async function keepLease(
  runtime: Runtime,
  lease: { ids: string[]; holder: string; leaseMs: number },
  done: AbortSignal,
): Promise<void> {
  for (;;) {
    const isOver = await wait(lease.leaseMs / 3, false, { signal: done }).catch(() => true);
    if (isOver) return;
    const until = runtime.clock.now() + lease.leaseMs;
    await renewEvents(runtime.db, { ...lease, until }).catch((error: unknown) =>
      runtime.log.warn({ err: error }, 'events not held any longer'),
    );
  }
}

/** What says how something ended, first: what was before needs no question then. */
function groupByObject(events: Event[]): Event[][] {
  const groups = Map.groupBy(events, (event) => event.objectId ?? event.id);
  const rank = (event: Event): number => (tellsAnEnd(event.type) ? 0 : 1);
  return [...groups.values()].map((group) => group.toSorted((a, b) => rank(a) - rank(b)));
}

/** Takes one group after the other from the list that several of these empty together. */
async function handleGroups(runtime: Runtime, groups: Event[][], batch: Batch): Promise<void> {
  for (let group = groups.pop(); group; group = groups.pop()) {
    for (const event of group) {
      await inLogContext({ event: event.id }, () => handleEvent(runtime, event, batch));
    }
  }
}

async function handleEvent(runtime: Runtime, row: Event, batch: Batch): Promise<void> {
  const { asking, foundAway } = batch;
  try {
    await findHandler(row.type)?.(runtime, JSON.parse(row.payload) as Stripe.Event, asking);
    await endingsOf(runtime).add({ ...row, status: 'handled', lastError: null });
    countHandled(row, 'handled', runtime.clock.now());
  } catch (error) {
    if (isForAnOutage(error)) foundAway.push({ row, error });
    else await tryEventAgain(runtime, row, error);
  }
}
