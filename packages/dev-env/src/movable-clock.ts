import { createClock } from '@onfile/stripe-sandbox/clock.ts';
import type { Clock } from '@onfile/stripe-sandbox/clock.ts';

/** A clock for our runtime and for the sandbox alike: it runs on from wherever it was moved to. */
export interface MovableClock extends Clock {
  /** Moves it forward, in milliseconds. */
  advance(ms: number): void;
}

/** @param startAt milliseconds since 1970; without it the machine's time */
export function movableClock(startAt?: number): MovableClock {
  const clock = createClock(startAt === undefined ? 0 : startAt - Date.now());
  return { ...clock, advance: (ms) => clock.moveTo(clock.now() + ms) };
}
