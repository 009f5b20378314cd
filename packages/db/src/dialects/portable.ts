import { PostgresAdapter } from 'kysely';
import type { SelectQueryBuilder } from 'kysely';
import type { Db, Schema } from '../database.ts';

export type DialectName = 'sqlite' | 'postgres';

/** Which of the two databases this is. */
export function dialectOf(db: Db): DialectName {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/**
 * Locks the rows of a query until the transaction ends. SQLite needs nothing: its transactions
 * begin IMMEDIATE, so there is one writer at a time. `NO KEY`, because the stronger lock would hold up
 * whoever inserts a row that refers to a locked one: with a mail about a customer on one side and a
 * charge that waits for a payment's row on the other, each would wait for the other.
 */
export function forUpdate<T extends keyof Schema, O>(
  db: Db,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> {
  return dialectOf(db) === 'postgres' ? query.forNoKeyUpdate() : query;
}

/** Placeholders for rows of values, `(?, ?), (?, ?)` or `($1, $2), ($3, $4)`. */
export function valuesList(db: Db, rows: number, columns: number): string {
  const isPostgres = dialectOf(db) === 'postgres';
  const row = (at: number): string =>
    Array.from({ length: columns }, (_, column) =>
      isPostgres ? `$${String(at * columns + column + 1)}` : '?',
    ).join(', ');
  return Array.from({ length: rows }, (_, at) => `(${row(at)})`).join(', ');
}
