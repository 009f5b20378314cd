import type { Db } from '@onfile/db/database.ts';
import type { GroupCommit } from '@onfile/db/group-commit.ts';
import { groupCommit } from '@onfile/db/group-commit.ts';
import type { ReceivedEvent } from '@onfile/db/tables/stripe-events.ts';
import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import { lastStanding } from '../environment/guard.ts';
import { countDelivery, countStored } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { inboxRow } from './inbox-row.ts';
import { verifyEvent } from './verify-event.ts';

/** More is read of no delivery. */
export const mostBytesOfOne = 1_000_000;
/** Bounded by the number of parameters that one statement may have. */
const maxEventsPerCommit = 500;

export interface Received {
  status: 200 | 400 | 408 | 413 | 503;
  message: string;
}

const inboxes = new WeakMap<Db, GroupCommit<ReceivedEvent>>();

function inboxOf(db: Db): GroupCommit<ReceivedEvent> {
  let inbox = inboxes.get(db);
  if (!inbox) {
    inbox = groupCommit((rows) => insertEvents(db, rows), maxEventsPerCommit);
    inboxes.set(db, inbox);
  }
  return inbox;
}

/** Two signature headers arrive joined by a comma; a roll of the secret has one `t` and more `v1`. */
export function isOneSignature(header: string): boolean {
  return (
    header.length < 4_000 && header.split(',').filter((part) => /^\s*t=/.test(part)).length === 1
  );
}

/** Says no to a delivery: in the count, in a log line without its body, and to its sender. */
export function refuseDelivery(
  runtime: Runtime,
  status: Exclude<Received['status'], 200>,
  message: string,
  bytes?: number,
): Received {
  const outcomes = { 503: 'turned_away', 408: 'failed' } as const;
  countDelivery(status === 503 || status === 408 ? outcomes[status] : 'refused');
  runtime.log.warn({ bytes, why: message }, 'webhook refused');
  return { status, message };
}

/**
 * Takes one delivery: verifies it, stores it (once), and answers only after the commit. Nothing is
 * handled here, so the answer is as fast as the disk. A refused delivery leaves a log line without
 * its body and nothing else.
 */
export async function receiveStripeEvent(
  runtime: Runtime,
  delivery: { rawBody: Buffer; signatureHeader: string | null },
): Promise<Received> {
  const bytes = delivery.rawBody.length;
  const refuse = (status: 400 | 413 | 503, message: string): Received =>
    refuseDelivery(runtime, status, message, bytes);
  const startedAt = performance.now();
  if (bytes > mostBytesOfOne) return refuse(413, 'The body is larger than 1 MB.');
  if (!delivery.signatureHeader) return refuse(400, 'The Stripe-Signature header is missing.');
  if (!isOneSignature(delivery.signatureHeader)) {
    return refuse(400, 'There must be exactly one Stripe-Signature header.');
  }
  // Decoded once, for the signature and for the inbox: bytes that are no UTF-8 fail the first.
  const payload = delivery.rawBody.toString('utf8');
  const event = verifyEvent(runtime, payload, delivery.signatureHeader);
  if (typeof event === 'string') return refuse(400, event);
  if (event.livemode !== (runtime.settings.stripe.mode === 'live')) {
    return refuse(400, 'The event is from another mode than this installation.');
  }
  const standing = lastStanding(runtime);
  if (standing.kind === 'foreign') {
    return refuse(503, 'This database belongs to another environment: nothing is taken.');
  }
  const own = standing.kind === 'own' ? standing.account : null;
  // While nobody could say which account is ours, our own events are those that name none.
  if (event.account && event.account !== own) {
    return refuse(400, 'The event is from another Stripe account than this installation.');
  }
  await inboxOf(runtime.db).add(inboxRow(event, payload, { now: runtime.clock.now() }));
  countStored(startedAt);
  return { status: 200, message: 'Stored.' };
}
