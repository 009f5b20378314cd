import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** A worker that runs takes what is due within seconds, and a backlog is worked off within the hour. */
const overdueMs = 60 * 60 * 1000;

/** What was to be charged has been tried. */
export const noChargeIsOverdue: Invariant = {
  name: 'no_charge_is_overdue',
  findBroken: async (db, now) =>
    idsOf(
      await db
        .selectFrom('payments')
        .select('id')
        .where('nextStep', '=', 'charge')
        .where('chargeAt', '<', now - overdueMs)
        .limit(mostNamed)
        .execute(),
    ),
};
