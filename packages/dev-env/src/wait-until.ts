import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks every 25 ms, or as told, until the condition gives something other than undefined, null or false.
 * @throws an error that names `what` when `timeoutMs` have passed
 */
export async function waitUntil<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 10_000,
  everyMs = 25,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > deadline) {
      throw new Error(`Waited ${String(timeoutMs / 1000)} s in vain: ${what}.`);
    }
    await pause(everyMs);
  }
}
