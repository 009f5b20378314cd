import type { Row } from '@onfile/db/database.ts';
import { endEvents, postponeEvents } from '@onfile/db/tables/stripe-events.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { findEvent } from '@onfile/db/views/event-ledger.ts';
import { backOff, scattered } from '../back-off.ts';
import { tellDeadEvent } from '../mail/tell-dead-event.ts';
import { messageOf } from '../message-of.ts';
import { countHandled } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';

/** After this many failures of our own, which are spread over about three hours, a person is needed. */
const maxTries = 12;

/** Puts an event whose handler failed back for later, or, after the last try, aside for a person. */
export async function tryEventAgain(
  runtime: Runtime,
  row: Row<'stripeEvents'>,
  error: unknown,
): Promise<void> {
  const now = runtime.clock.now();
  const lastError = messageOf(error);
  runtime.log.error({ event: row.id, type: row.type, err: error }, 'event not handled');
  const tries = row.tries + 1;
  countHandled(row, tries >= maxTries ? 'dead' : 'again', now);
  if (tries >= maxTries) {
    await putAside(runtime, row, lastError);
    return;
  }
  const nextTryAt = scattered(now, backOff(now, tries, { firstMs: 2_000, mostMs: 3_600_000 }));
  const held = { ids: [row.id], holder: runtime.leaseHolder };
  await postponeEvents(runtime.db, held, { tries, nextTryAt, lastError });
}

/** Ends an event for a person to look at, and tells staff. */
async function putAside(
  runtime: Runtime,
  row: Row<'stripeEvents'>,
  lastError: string,
): Promise<void> {
  await inTransaction(runtime.db, async (tx) => {
    await endEvents(tx, [{ ...row, status: 'dead', lastError }], runtime.clock.now());
    const event = await findEvent(tx, row.id);
    // Whoever took it when our lease had run out may have handled it meanwhile.
    if (event?.status === 'dead') await tellDeadEvent(tx, runtime, event);
  });
}
