import type { Instant } from '@onfile/db/database.ts';
import type { ReceivedEvent } from '@onfile/db/tables/stripe-events.ts';
import type { EventEnvelope } from './verify-event.ts';

/** An event as a row of the inbox, whichever way it came. */
export function inboxRow(
  event: EventEnvelope,
  payload: string,
  came: { now: Instant; by?: 'list' },
): ReceivedEvent {
  return {
    id: event.id,
    type: event.type,
    apiVersion: event.api_version,
    objectId: event.data.object.id ?? null,
    stripeCreatedAt: event.created * 1000,
    payload,
    receivedAt: came.now,
    cameBy: came.by ?? null,
  };
}
