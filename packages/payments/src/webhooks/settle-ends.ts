import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { OneFailed } from '@onfile/db/joined.ts';
import { listKnownPaid } from '@onfile/db/tables/payment-intents.ts';
import type { Runtime } from '../runtime.ts';
import { isTerminalIntent } from '../state/payment-status.ts';
import { settleTogether } from '../state/settle-payment-intent.ts';

/** A final snapshot of a PaymentIntent, written in our API version, is used as it is; null for any other. */
export function finalIntentOf(event: Stripe.Event): Stripe.PaymentIntent | null {
  if (event.api_version !== Stripe.API_VERSION || event.data.object.object !== 'payment_intent') {
    return null;
  }
  return isTerminalIntent(event.data.object.status) ? event.data.object : null;
}

/** With fewer a transaction of their own is not dearer. */
const fewest = 2;
/** So many may fail before the rest of a batch is left to their handlers, one by one. */
const mostFailures = 3;

/**
 * Settles the ends of payments that a batch of events tells, many in one transaction: one by one each
 * costs as many statements as all together. Those that failed before are left out, and so that nobody
 * is held up by others', a failure here is nobody's: whatever is left over, each event's handler settles.
 * @returns the intents of which the door has nothing left to write
 */
export async function settleEnds(
  runtime: Runtime,
  events: Row<'stripeEvents'>[],
): Promise<ReadonlySet<string>> {
  const ends = new Map<string, Stripe.PaymentIntent>();
  for (const row of events) {
    const intent = row.tries === 0 ? readFinalIntent(row) : null;
    if (intent) ends.set(intent.id, intent);
  }
  const settled = new Set<string>();
  if (ends.size < fewest) return settled;
  try {
    const paid = [...ends.values()].filter(({ status }) => status === 'succeeded');
    const ids = paid.map(({ id }) => id);
    // The worker's own call told most of them before their event.
    for (const id of await listKnownPaid(runtime.db, ids)) settled.add(id);
    await settleRest(runtime, ends, settled);
  } catch (error) {
    runtime.log.warn({ err: error, ends: ends.size }, 'ends of payments were not settled together');
  }
  return settled;
}

/** A transaction takes one payment of each customer: another round takes their next ones. */
async function settleRest(
  runtime: Runtime,
  ends: Map<string, Stripe.PaymentIntent>,
  settled: Set<string>,
): Promise<void> {
  // An intent that was canceled may have made room for the one that was paid.
  const inOrder = [...ends.values()].toSorted((a, b) => (a.status < b.status ? -1 : 1));
  const failed = new Set<string>();
  for (;;) {
    const left = inOrder.filter(({ id }) => !settled.has(id) && !failed.has(id));
    if (left.length < fewest) return;
    try {
      const round = await settleRound(runtime, left);
      for (const id of round) settled.add(id);
      if (round.size < fewest) return;
    } catch (error) {
      if (!(error instanceof OneFailed) || failed.size === mostFailures) throw error;
      runtime.log.warn({ err: error, intent: error.key }, 'an end of a payment was left out');
      failed.add(error.key);
    }
  }
}

function settleRound(
  runtime: Runtime,
  intents: Stripe.PaymentIntent[],
): Promise<ReadonlySet<string>> {
  const actor = { kind: 'stripe' as const };
  const asOf = runtime.clock.now();
  return settleTogether(
    runtime,
    intents.map((intent) => ({ intent, asOf, actor })),
  );
}

/** What cannot be read fails in its handler, where it is noted. */
function readFinalIntent(row: Row<'stripeEvents'>): Stripe.PaymentIntent | null {
  if (!row.type.startsWith('payment_intent.')) return null;
  try {
    return finalIntentOf(JSON.parse(row.payload) as Stripe.Event);
  } catch {
    return null;
  }
}
