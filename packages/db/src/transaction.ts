import type { Db, Tx } from './database.ts';

/**
 * Runs `work` in one transaction (BEGIN IMMEDIATE on SQLite; READ COMMITTED with row locks on
 * PostgreSQL). Inside another transaction it joins that one, so that data functions compose.
 * `work` makes no network call.
 */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Tx) : db.transaction().execute(work);
}
