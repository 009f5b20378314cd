import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { EventStatus } from './records.ts';

/**
 * Whether an event waits, has been ended whichever way (handled, ignored, put aside), or is in one state.
 * Values stand in the text, as in the partial indexes, so that planners see that these serve.
 */
export const isPending = sql<SqlBool>`status = 'pending'`;
export const isEnded = sql<SqlBool>`status <> 'pending'`;

export function isInState(status: EventStatus): RawBuilder<SqlBool> {
  return sql`status = ${sql.lit(status)}`;
}

/**
 * Whether an event is of one type and was ended in one of these ways: the words of the index that has both,
 * by time.
 */
export function isEndedOfType(type: string, states: readonly EventStatus[]): RawBuilder<SqlBool> {
  const wanted = sql.join(states.map((state) => `${type} ${state}`));
  return sql`${isEnded} and type || ' ' || status in (${wanted})`;
}
