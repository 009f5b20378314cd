import type Database from 'better-sqlite3';

/** One commit for all that is written in one turn of the event loop: commits cost more than the writes. */
export type GroupCommit = {
  /** Opens the group's transaction when none is open. */
  join(): void;
  /** Resolves once what was written so far would survive this process; rejects when it would not. */
  committed(): Promise<void>;
  /** Commits now. */
  flush(): void;
};

export function createGroupCommit(db: Database.Database): GroupCommit {
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  let group: PromiseWithResolvers<void> | undefined;
  const flush = (): void => {
    const ended = group;
    group = undefined;
    if (ended === undefined) return;
    try {
      if (db.inTransaction) commit.run();
      ended.resolve();
    } catch (error) {
      ended.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return {
    join() {
      if (group !== undefined) return;
      begin.run();
      group = Promise.withResolvers<void>();
      // Whoever answers a request waits for it; a page's or a timer's work has nobody who does.
      group.promise.catch((error: unknown) => {
        console.error('The sandbox could not commit.', error);
      });
      setImmediate(flush);
    },
    committed: () => group?.promise ?? Promise.resolve(),
    flush,
  };
}
