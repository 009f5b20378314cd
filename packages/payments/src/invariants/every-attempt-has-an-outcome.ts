import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** Stripe's keys live for a day, and after that Stripe is asked: in two days everything is known. */
const knownWithinMs = 48 * 60 * 60 * 1000;

/** Every attempt has an outcome, or a moment at which it is asked about that is not long past. */
export const everyAttemptHasAnOutcome: Invariant = {
  name: 'every_attempt_has_an_outcome',
  findBroken: async (db, now) =>
    idsOf(
      await db
        .selectFrom('attempts')
        .select('id')
        .where('status', '=', 'open')
        .where('nextTryAt', '<', now - knownWithinMs)
        .limit(mostNamed)
        .execute(),
    ),
};
