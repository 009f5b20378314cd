/** The sandbox's only source of time. It runs at the speed of the wall clock, from wherever it was moved to. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Whole seconds since the epoch, as Stripe writes instants. */
  seconds(): number;
  /** Moves the clock to an instant (milliseconds since the epoch). */
  moveTo(instantMs: number): void;
  /** Calls `listener` after every move; returns the function that stops it. */
  onMove(listener: (offsetMs: number) => void): () => void;
};

/** Opens a clock that is `offsetMs` ahead of the wall clock. */
export function createClock(offsetMs = 0): Clock {
  let offset = offsetMs;
  const listeners = new Set<(offsetMs: number) => void>();
  const now = (): number => Date.now() + offset;
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    moveTo(instantMs) {
      offset = instantMs - Date.now();
      for (const listener of listeners) listener(offset);
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
