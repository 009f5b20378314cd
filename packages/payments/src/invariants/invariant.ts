import type { Db, Instant } from '@onfile/db/database.ts';

/** A query that must find nothing, whatever happened before. */
export interface Invariant {
  /** What must hold, as a name for logs and for the words of the admin. */
  name: string;
  /** Our ids of the rows that break it, a few of them. */
  findBroken: (db: Db, now: Instant) => Promise<string[]>;
}

/** How many breaches are named: enough to see what they have in common. */
export const mostNamed = 20;

export function idsOf(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
