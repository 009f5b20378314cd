import type { Db, Tx } from './database.ts';

const afterwards = new WeakMap<Db, (() => void)[]>();

/**
 * Runs `work` in one transaction (BEGIN IMMEDIATE on SQLite; READ COMMITTED with row locks on
 * PostgreSQL). Inside another transaction it joins that one, so that data functions compose.
 * `work` makes no network call.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Tx);
  const tasks: (() => void)[] = [];
  const result = await db.transaction().execute((tx) => {
    afterwards.set(tx, tasks);
    return work(tx);
  });
  for (const task of tasks) task();
  return result;
}

/** Has something done (counted, logged) once what the transaction wrote is true; never if it is undone. */
export function afterCommit(tx: Tx, task: () => void): void {
  const tasks = afterwards.get(tx);
  if (!tasks) throw new Error('a transaction that inTransaction did not begin');
  tasks.push(task);
}
