/** Where the time comes from: milliseconds since 1970. Injected, so that stories can move it. */
export interface Clock {
  now(): number;
}

/** The machine's clock, moved by a fixed offset (0 outside of tests). */
export function systemClock(offsetMs = 0): Clock {
  return { now: () => Date.now() + offsetMs };
}
