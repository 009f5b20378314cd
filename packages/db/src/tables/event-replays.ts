import type { RawBuilder, SqlBool } from 'kysely';
import type { Db, Instant } from '../database.ts';
import { isEnded, isEndedOfType, isInState } from '../event-states.ts';
import { eventStatuses } from '../records.ts';
import type { EventStatus } from '../records.ts';

/** Which events: these, or those of a type, a state and a time. */
export interface EventChoice {
  ids?: string[];
  type?: string | null;
  status?: Exclude<EventStatus, 'pending'> | null;
  /** Received from, and before. */
  from?: Instant | null;
  to?: Instant | null;
}

function isToReplay({ type, status }: EventChoice): RawBuilder<SqlBool> {
  if (type) return isEndedOfType(type, status ? [status] : eventStatuses);
  return status ? isInState(status) : isEnded;
}

/** Lets events be handled once more, from the start; those that wait anyway are left alone. @returns how many */
export async function replayEvents(db: Db, choice: EventChoice, now: Instant): Promise<number> {
  const { ids, from, to } = choice;
  const result = await db
    .updateTable('stripeEvents')
    .set({ status: 'pending', tries: 0, nextTryAt: now, lastError: null, handledAt: null })
    .where(isToReplay(choice))
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
    .$if(typeof from === 'number', (query) => query.where('receivedAt', '>=', from ?? 0))
    .$if(typeof to === 'number', (query) => query.where('receivedAt', '<', to ?? 0))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
