import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { dialectOf } from '@onfile/db/dialects/portable.ts';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { openRuntime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { processInbox } from '@onfile/payments/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '@onfile/payments/webhooks/receive-stripe-event.ts';
import { serveJobs } from '../child-process.ts';
import { sign } from '../handling/sign.ts';
import { storeHandledEvents } from './stored-events.ts';

/** What the parent asks for: a table to begin with, or events to take in, handle and forget again. */
export type InboxJob = { stored: number } | { events: number; round: number };

/** Events a second, of each part. */
export interface InboxRates {
  intake: number;
  handling: number;
}

const atOnce = 32;
const runtime = openRuntime(parseSettings(process.env), { name: 'inbox', guard: ownGuard() });
const secret = runtime.settings.stripe.webhookSecrets[0] ?? '';

serveJobs(async (job: InboxJob): Promise<InboxRates | null> => {
  if ('events' in job) return measure(job.events, job.round);
  await migrateToLatest(runtime.db);
  if (job.stored > 0) await storeHandledEvents(runtime.db, job.stored);
  return null;
});

async function measure(count: number, round: number): Promise<InboxRates> {
  const events = Array.from({ length: count }, (_, at) =>
    sign(eventBody(round * count + at), secret),
  );
  const before = runtime.clock.now();
  const takenIn = performance.now();
  let next = 0;
  const hand = async (): Promise<void> => {
    for (let event = events[next++]; event; event = events[next++]) {
      const delivery = { rawBody: event.body, signatureHeader: event.signature };
      const { status, message } = await receiveStripeEvent(runtime, delivery);
      if (status !== 200) throw new Error(message);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
  const handled = performance.now();
  // Two hands, as the worker has.
  await Promise.all([emptyInbox(), emptyInbox()]);
  const over = performance.now();
  await forget(before, count);
  return {
    intake: count / ((handled - takenIn) / 1000),
    handling: count / ((over - handled) / 1000),
  };
}

async function emptyInbox(): Promise<void> {
  while ((await processInbox(runtime)) > 0);
}

/** The table is as it was. */
async function forget(since: number, count: number): Promise<void> {
  const { db } = runtime;
  const gone = await db
    .deleteFrom('stripeEvents')
    .where('receivedAt', '>=', since)
    .where('status', '=', 'handled')
    .executeTakeFirst();
  if (Number(gone.numDeletedRows) !== count) throw new Error('not every event was handled');
  if (dialectOf(db) === 'postgres') await sql`vacuum stripe_events`.execute(db);
}

/**
 * An intent that somebody else made at the same account: its handler asks the database once whether it
 * is ours, and is done. So handling is next to nothing but taking events and ending them.
 */
function eventBody(number: number): string {
  const tail = createHash('sha256').update(String(number)).digest('hex').slice(0, 12);
  // After all that are stored, as Stripe's ids grow with time.
  const name = `2${10_000_000 + number}${tail}`;
  const object = {
    id: `pi_${name}`,
    object: 'payment_intent',
    status: 'succeeded',
    metadata: { padding: 'x'.repeat(2_700) },
  };
  return JSON.stringify({
    id: `evt_${name}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'payment_intent.succeeded',
    data: { object },
  });
}
