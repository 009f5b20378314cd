import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { forgetBackFills, updateBackFill } from '@onfile/db/tables/back-fills.ts';
import { countWaiting, insertEvents } from '@onfile/db/tables/stripe-events.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { backOff } from '../../back-off.ts';
import { messageOf } from '../../message-of.ts';
import { countLeases } from '../../observability/metrics.ts';
import type { Runtime } from '../../runtime.ts';
import { LeaseLost } from '../../worker/lease-lost.ts';
import { workerLease } from '../../worker/worker-lease.ts';
import { inboxRow } from '../inbox-row.ts';
import { isListened } from '../listened.ts';
import { readEnvelope } from '../verify-event.ts';
import { listedMs, planScheduledBackFill } from './plan-back-fill.ts';

type Run = Row<'backFills'>;

const pageSize = 100;
/** While so many events wait to be handled, no more are fetched: an outage is caught up, not poured in. */
const mostWaiting = 1_000;
const fullPauseMs = 2_000;
/** For so long a reading that found nothing is shown. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Takes one page of what is to be read of Stripe's list of events, and keeps what had never come.
 * @returns 1 when a page was read, 0 when there was nothing to read or no room for it
 */
export async function backFillEvents(runtime: Runtime): Promise<number> {
  await planScheduledBackFill(runtime);
  const lease = { ...workerLease(runtime), limit: 1 };
  const [run] = countLeases('backFills', await claim(runtime.db, 'backFills', lease));
  if (!run) return 0;
  return readPage(runtime, run);
}

async function readPage(runtime: Runtime, run: Run): Promise<number> {
  const release = { leasedUntil: null, leaseHolder: null };
  const now = runtime.clock.now();
  if ((await countWaiting(runtime.db, mostWaiting)) >= mostWaiting) {
    await updateBackFill(runtime.db, run, { ...release, nextTryAt: now + fullPauseMs });
    return 0;
  }
  try {
    const page = await runtime.stripe.events.list({
      created: { gte: Math.floor(run.fromAt / 1000), lte: Math.ceil(run.toAt / 1000) },
      limit: pageSize,
      ...(run.cursor && { starting_after: run.cursor }),
    });
    await keepPage(runtime, run, page);
    return 1;
  } catch (error) {
    if (error instanceof LeaseLost) {
      runtime.log.info({ backFill: run.id }, 'a page was left to whoever has it now');
      return 0;
    }
    const lastError = messageOf(error);
    runtime.log.warn({ backFill: run.id, err: error }, 'a page of events was not read');
    // What the cursor names is listed no longer: from the beginning of what still is; nothing is kept twice.
    const isStale =
      run.cursor !== null &&
      error instanceof Stripe.errors.StripeError &&
      error.code === 'resource_missing';
    if (isStale) {
      const fromAt = Math.max(run.fromAt, now - listedMs);
      await updateBackFill(runtime.db, run, {
        ...release,
        cursor: null,
        fromAt,
        nextTryAt: now,
        lastError,
      });
      return 1;
    }
    const tries = run.tries + 1;
    const nextTryAt = backOff(now, tries, { firstMs: 1_000, mostMs: 300_000 });
    await updateBackFill(runtime.db, run, { ...release, tries, nextTryAt, lastError });
    return 0;
  }
}

/**
 * The events and how far we have come, together: after a crash the next page is the next page.
 * @throws LeaseLost, and keeps no event, when the run is another's by now or was closed
 */
async function keepPage(
  runtime: Runtime,
  run: Run,
  page: Stripe.ApiList<Stripe.Event>,
): Promise<void> {
  const now = runtime.clock.now();
  // What we do not listen to was never sent to us, and so was not missed.
  const rows = page.data
    .filter((event) => isListened(event.type))
    .flatMap((event) => {
      const envelope = readEnvelope(event);
      return envelope ? [inboxRow(envelope, JSON.stringify(event), { now, by: 'list' })] : [];
    });
  const isDone = !page.has_more;
  await inTransaction(runtime.db, async (tx) => {
    const missed = await insertEvents(tx, rows);
    const isOurs = await updateBackFill(tx, run, {
      cursor: page.data.at(-1)?.id ?? run.cursor,
      seen: run.seen + page.data.length,
      missed: run.missed + missed,
      tries: 0,
      lastError: null,
      leasedUntil: null,
      leaseHolder: null,
      nextTryAt: now,
      ...(isDone && { status: 'done' as const, finishedAt: now }),
    });
    if (!isOurs) throw new LeaseLost();
    if (isDone) await forgetBackFills(tx, now - keptMs);
    if (missed > 0) runtime.log.warn({ backFill: run.id, missed }, 'events had not been delivered');
  });
}
