import { setTimeout as wait } from 'node:timers/promises';

/** Gives up on work that takes longer. What it does goes on; nobody waits for it. @throws then */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const isOver = new AbortController();
  const tooLong = wait(ms, undefined, { signal: isOver.signal }).then(() => {
    throw new Error(`not done within ${ms} ms`);
  });
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([work(), tooLong]);
  } finally {
    isOver.abort();
  }
}
