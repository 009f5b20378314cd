import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** The longest pause between two tries of an operation is ten minutes; a day is past every outage's end. */
const finishedWithinMs = 24 * 60 * 60 * 1000;

/** Every call that was written down is finished, or about to be tried again. */
export const everyOperationIsFinished: Invariant = {
  name: 'every_operation_is_finished',
  findBroken: async (db, now) =>
    idsOf(
      await db
        .selectFrom('stripeOperations')
        .select('id')
        .where('status', '=', 'open')
        .where('nextTryAt', '<', now - finishedWithinMs)
        .limit(mostNamed)
        .execute(),
    ),
};
