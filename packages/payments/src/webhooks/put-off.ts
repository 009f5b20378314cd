import { putOffEvents } from '@onfile/db/claim-events.ts';
import type { Instant, Row } from '@onfile/db/database.ts';
import { postponeEvents } from '@onfile/db/tables/stripe-events.ts';
import { scattered } from '../back-off.ts';
import { messageOf } from '../message-of.ts';
import { countHandled } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { isAway } from '../stripe/classify-error.ts';
import { StripeAway, findPause, whyNotAsked } from './asking.ts';
import { askingTypes } from './listened.ts';

/** How long an event waits at least when Stripe cannot be asked. */
const outagePauseMs = 30_000;

/** An event whose handler could not ask Stripe. */
export interface FoundAway {
  row: Row<'stripeEvents'>;
  error: unknown;
}

/** Whether an event failed for no reason of its own: nobody could be asked about it. */
export function isForAnOutage(error: unknown): boolean {
  return error instanceof StripeAway || isAway(error);
}

/**
 * Puts the events of a batch that found Stripe away back for later, all in one statement and with one
 * line in the log: in an outage there may be very many. None of it counts as a try, so that an outage
 * never makes an event dead.
 */
export async function putOff(runtime: Runtime, found: FoundAway[]): Promise<void> {
  const [first] = found;
  if (!first) return;
  const now = runtime.clock.now();
  for (const { row } of found) countHandled(row, 'again', now);
  // What Stripe answered tells more than that it was not asked.
  const told = found.find(({ error }) => !(error instanceof StripeAway)) ?? first;
  const lastError = messageOf(told.error);
  sayPutOff(runtime, found.length, lastError);
  const held = { ids: found.map(({ row }) => row.id), holder: runtime.leaseHolder };
  await postponeEvents(runtime.db, held, { nextTryAt: whenAsked(runtime), lastError });
}

/**
 * While Stripe is not asked anyway, events that would only ask are put off without being taken, many at
 * once: those behind them that need no question are reached, and the worker rests.
 */
export async function putOffWaiting(runtime: Runtime): Promise<void> {
  const given = { types: askingTypes, now: runtime.clock.now(), why: whyNotAsked };
  const count = await putOffEvents(runtime.db, { ...given, until: whenAsked(runtime) });
  if (count > 0) sayPutOff(runtime, count, whyNotAsked);
}

function sayPutOff(runtime: Runtime, events: number, why: string): void {
  runtime.log.warn({ events, why }, 'events wait until Stripe can be asked');
}

function whenAsked(runtime: Runtime): Instant {
  const now = runtime.clock.now();
  return scattered(now, Math.max(findPause(runtime)?.until ?? now, now + outagePauseMs));
}
