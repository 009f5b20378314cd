import type { Row } from '@onfile/db/database.ts';
import { endEvents, postponeEvent } from '@onfile/db/tables/stripe-events.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { findEvent } from '@onfile/db/views/event-ledger.ts';
import { backOff } from '../back-off.ts';
import { tellDeadEvent } from '../mail/tell-dead-event.ts';
import { countHandled } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { isAway } from '../stripe/classify-error.ts';
import { StripeAway } from './asking.ts';

/** After this many failures of our own, which are spread over about three hours, a person is needed. */
const maxTries = 12;
/** How long an event waits when Stripe cannot be asked; an outage never makes it dead. */
const outagePauseMs = 30_000;

/** Puts an event whose handler failed back for later, or, after the last try, aside for a person. */
export async function tryEventAgain(
  runtime: Runtime,
  row: Row<'stripeEvents'>,
  error: unknown,
): Promise<void> {
  const now = runtime.clock.now();
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
  const about = { event: row.id, type: row.type };
  if (error instanceof StripeAway || isAway(error)) {
    countHandled(row, 'again', now);
    runtime.log.warn({ ...about, why: lastError }, 'event waits until Stripe can be asked');
    const until = error instanceof StripeAway ? error.until : now;
    const nextTryAt = scattered(now, Math.max(until, now + outagePauseMs));
    await postponeEvent(runtime.db, row, { tries: row.tries, nextTryAt, lastError });
    return;
  }
  runtime.log.error({ ...about, err: error }, 'event not handled');
  const tries = row.tries + 1;
  countHandled(row, tries >= maxTries ? 'dead' : 'again', now);
  if (tries >= maxTries) {
    await putAside(runtime, { id: row.id, lastError });
    return;
  }
  const nextTryAt = scattered(now, backOff(now, tries, { firstMs: 2_000, mostMs: 3_600_000 }));
  await postponeEvent(runtime.db, row, { tries, nextTryAt, lastError });
}

/** Ends an event for a person to look at, and tells staff. */
async function putAside(
  runtime: Runtime,
  { id, lastError }: { id: string; lastError: string },
): Promise<void> {
  await inTransaction(runtime.db, async (tx) => {
    await endEvents(tx, [{ id, status: 'dead', lastError }], runtime.clock.now());
    const event = await findEvent(tx, id);
    // Whoever took it when our lease had run out may have handled it meanwhile.
    if (event?.status === 'dead') await tellDeadEvent(tx, runtime, event);
  });
}

/** Up to a quarter later: what failed together is not tried again together. */
function scattered(now: number, at: number): number {
  return Math.round(at + (at - now) * 0.25 * Math.random());
}
