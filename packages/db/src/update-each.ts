import { sql } from 'kysely';
import type { RawBuilder, Updateable } from 'kysely';
import type { Db, Row, Schema } from './database.ts';
import { isStill } from './lease.ts';

/** One row's change. */
export interface RowChange<Table extends keyof Schema> {
  id: string;
  change: Updateable<Schema[Table]>;
}

type Value = string | number | null;

/**
 * Changes several rows, each in its own way, in one statement for all that change the same columns.
 * @param changes of rows that are each named once: of two changes of one row, neither knew of the other
 * @returns the rows as they are then, in the order of the changes; none where a row is gone, or not in
 * the status from which it was to change
 */
export async function updateEach<
  Table extends 'attempts' | 'orders' | 'paymentIntents' | 'payments',
>(
  db: Db,
  table: Table,
  changes: (RowChange<Table> & { from?: string })[],
): Promise<(Row<Table> | undefined)[]> {
  const byId = new Map<string, Row<Table>>();
  if (new Set(changes.map(({ id }) => id)).size < changes.length) {
    throw new Error(`rows of ${table} were to be changed twice by one statement`);
  }
  const known = changes.map(({ id, change, from }) => ({
    id,
    from,
    change: Object.fromEntries(
      Object.entries(change as Record<string, Value | undefined>).filter(
        (entry): entry is [string, Value] => entry[1] !== undefined,
      ),
    ),
  }));
  const alike = Map.groupBy(known, ({ change, from }) =>
    [from, ...Object.keys(change).toSorted()].join(' '),
  );
  for (const group of alike.values()) {
    const from = group[0]?.from;
    const isFrom = from === undefined ? sql`` : sql`and ${isStill(`${table}.status`, from)}`;
    // On PostgreSQL the columns of the values come as well, and say the same; SQLite knows no `table.*` here.
    const update = sql<Row<Table>>`${updateOf(table, group)} ${isFrom} returning *`;
    const result = await update.execute(db);
    for (const row of result.rows) byId.set((row as { id: string }).id, row);
  }
  return changes.map(({ id }) => byId.get(id));
}

function updateOf(
  table: string,
  rows: { id: string; change: Record<string, Value> }[],
): RawBuilder<unknown> {
  const columns = Object.keys(rows[0]?.change ?? {});
  const varies = (column: string): boolean =>
    rows.some(({ change }) => change[column] !== rows[0]?.change[column]);
  const each = columns.filter(varies);
  const all = columns.filter((column) => !varies(column));
  const shared = all.map((column) => sql`${sql.ref(column)} = ${rows[0]?.change[column]}`);
  if (each.length === 0) {
    const ids = sql.join(rows.map(({ id }) => id));
    return sql`update ${sql.table(table)} set ${sql.join(shared)} where id in (${ids})`;
  }
  const own = each.map((column) => sql`${sql.ref(column)} = one.${sql.ref(column)}`);
  const names = [sql.ref('id'), ...each.map((column) => sql.ref(column))];
  const values = rows.map(({ id, change }, at) => {
    const row = [id, ...each.map((column) => change[column] as Value)];
    // PostgreSQL takes the types of all rows from the first.
    return at === 0 ? typed(row, each, rows) : sql`(${sql.join(row)})`;
  });
  const target = sql.table(table);
  return sql`with one(${sql.join(names)}) as (values ${sql.join(values)})
    update ${target} set ${sql.join([...shared, ...own])} from one
    where ${target}.id = one.id`;
}

function typed(
  [id, ...row]: Value[],
  columns: string[],
  rows: { change: Record<string, Value> }[],
): RawBuilder<unknown> {
  const isText = (column: string): boolean =>
    rows.some(({ change }) => typeof change[column] === 'string');
  const cells = row.map((value, at) =>
    isText(columns[at] ?? '') ? sql`cast(${value} as text)` : sql`cast(${value} as bigint)`,
  );
  return sql`(${sql.join([sql`cast(${id} as text)`, ...cells])})`;
}
