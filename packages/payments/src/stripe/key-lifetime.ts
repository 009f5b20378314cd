/**
 * For how long a key counts as alive. Stripe keeps it for at least 24 hours; an hour less, because
 * the machine that wrote it may have had another clock, and a dead key does its work anew.
 */
const keyLifetimeMs = 23 * 60 * 60 * 1000;

/** Whether Stripe still answers this key with what it answered first. */
export function keyLives(writtenAt: number, now: number): boolean {
  return now - writtenAt < keyLifetimeMs;
}
