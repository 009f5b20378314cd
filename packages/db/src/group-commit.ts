/**
 * Joins writes that arrive together into one transaction: with `synchronous=FULL` the price of a
 * commit is a flush to disk, and thirty writes share it. A group closes at the end of the first
 * turn of the event loop that brought nothing new, or after {@link mostTurns}. Each caller is
 * answered only after the commit that holds its write.
 */
export interface GroupCommit<T> {
  add(item: T): Promise<void>;
}

/**
 * For how many turns a group stays open while writes keep coming. Requests that arrive together
 * pass through a framework's asynchronous steps and reach this point some turns apart.
 */
const mostTurns = 8;

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (cause: unknown) => void;
}

/**
 * @param commit writes all items durably in one transaction, or rejects for all of them
 * @param maxItems the most items that one transaction takes
 */
export function groupCommit<T>(
  commit: (items: T[]) => Promise<unknown>,
  maxItems: number,
): GroupCommit<T> {
  let waiting: Waiting<T>[] = [];
  let scheduled = false;

  /** Waits for a turn without news, then commits. */
  function closeSoon(seen: number, turns: number): void {
    setImmediate(() => {
      const isGrowing = waiting.length > seen && waiting.length < maxItems;
      if (isGrowing && turns < mostTurns) closeSoon(waiting.length, turns + 1);
      else void flush();
    });
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      try {
        await commit(batch.map((entry) => entry.item));
        for (const entry of batch) entry.resolve();
      } catch (cause) {
        for (const entry of batch) entry.reject(cause);
      }
    }
    scheduled = false;
  }

  return {
    add(item) {
      return new Promise<void>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        closeSoon(waiting.length, 1);
      });
    },
  };
}
