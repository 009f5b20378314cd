import { createHash } from 'node:crypto';
import { addTries } from '@onfile/db/tables/rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { limits } from './limits.ts';
import type { Limit, LimitName, Scope } from './limits.ts';
import { networkOf } from './network-of.ts';
import { waitInWords } from './wait-in-words.ts';

/** Who tries; what is not known does not count. */
export type Spender = { [S in Scope]?: string | null };

/**
 * Counts a try against each of its limits, in the order of the table. Call it before doing what is
 * limited, outside of any transaction: a refused try counts as well.
 * @throws Refusal `too_many_tries` with the waiting time in words and in seconds
 */
export async function spend(runtime: Runtime, name: LimitName, by: Spender): Promise<void> {
  const scopes = Object.entries(limits[name]) as [Scope, Limit][];
  for (const [scope, limit] of scopes) {
    const who = by[scope];
    if (!who) continue;
    const allowed =
      scope === 'ip' ? { ...limit, tries: limit.tries * runtime.settings.limits.ipFactor } : limit;
    await count(runtime, allowed, keyOf(name, scope, who));
  }
}

/** In the database, which all processes share; every try of many at once is counted. */
async function count(runtime: Runtime, limit: Limit, key: string): Promise<void> {
  const now = runtime.clock.now();
  const expiresAt = now + limit.minutes * 60_000;
  const counted = await addTries(runtime.db, { key, points: 1, now, expiresAt });
  if (counted.points <= limit.tries) return;
  const seconds = Math.ceil((counted.expiresAt - now) / 1000);
  throw new Refusal('too_many_tries', null, {
    wait: waitInWords(seconds),
    seconds: String(seconds),
  });
}

/** Hashed, so that the table holds nobody's address. */
export function keyOf(name: LimitName, scope: Scope, who: string): string {
  const said = scope === 'ip' ? networkOf(who) : who.trim().toLowerCase();
  return createHash('sha256').update(`${name}:${scope}:${said}`).digest('base64url');
}
