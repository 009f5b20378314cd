import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db } from '../database.ts';
import type { Part } from '../tables/drift.ts';

/** Tables that samples are taken of; their ids sort by the time when the rows were made. */
export type SampledTable = 'customers' | 'paymentIntents';

/** A stretch of a table in the order of its ids: those after one, up to and with another. */
export interface Stretch {
  after: string | null;
  upTo: string | null;
  limit: number;
}

/** The condition of a stretch. */
export function isIn({ after, upTo }: Pick<Stretch, 'after' | 'upTo'>): RawBuilder<boolean> {
  const from = after === null ? sql`1 = 1` : sql`id > ${after}`;
  return upTo === null ? sql<boolean>`${from}` : sql<boolean>`${from} and id <= ${upTo}`;
}

/** Rows to compare, and after which row of the table it goes on; null: at its beginning. */
export interface Some<R> {
  rows: R[];
  last: string | null;
}

/** How many rows of a table are passed at most to find those that are wanted, on either side of its end. */
const lookAhead = 1_000;

/**
 * Takes the wanted rows after a place in a table, and where it ends goes on at its beginning. Nothing is
 * sorted and no table is read: it is one or two steps along the index of the ids.
 */
export async function sampleRows<R extends { id: string }>(
  db: Db,
  table: SampledTable,
  part: Part,
  find: (stretch: Stretch) => Promise<R[]>,
): Promise<Some<R>> {
  const ahead = await findAhead(db, table, part.after);
  const rows = await find({ after: part.after, upTo: ahead, limit: part.limit });
  if (rows.length === part.limit || ahead !== null || part.after === null) {
    return { rows, last: rows.length === part.limit ? lastOf(rows) : ahead };
  }
  const limit = part.limit - rows.length;
  const again = await findAhead(db, table, null);
  const upTo = again !== null && again < part.after ? again : part.after;
  const more = await find({ after: null, upTo, limit });
  return { rows: [...rows, ...more], last: more.length === limit ? lastOf(more) : upTo };
}

/** An id at random among those from one on: each has the same chance. Counted along the index of the ids. */
export async function findRandomId(
  db: Db,
  table: SampledTable,
  from: string,
): Promise<string | null> {
  const ids = db.selectFrom(table).where('id', '>=', from);
  const counted = await ids.select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow();
  const found = await ids
    .select('id')
    .orderBy('id')
    .limit(1)
    .offset(Math.floor(Math.random() * Number(counted.n)))
    .executeTakeFirst();
  return found?.id ?? null;
}

/** The row that is so many further on; null: the table ends before. */
async function findAhead(
  db: Db,
  table: SampledTable,
  after: string | null,
): Promise<string | null> {
  const row = await db
    .selectFrom(table)
    .select('id')
    .where(isIn({ after, upTo: null }))
    .orderBy('id')
    .limit(1)
    .offset(lookAhead - 1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** After which row it goes on. */
export function lastOf(rows: { id: string }[]): string | null {
  return rows.at(-1)?.id ?? null;
}
