import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { requestBackFill } from '@onfile/payments/webhooks/back-fill/plan-back-fill.ts';
import type { StormPlant } from './webhook-storm.ts';

const mostMs = 10 * 60_000;
/** The last worker lives later, so that what the dead ones held is free without waiting for it. */
const later = { ONFILE_CLOCK_OFFSET_MS: String(5 * 60_000) };

/** Lets everything that was told and missed be handled, by processes that nobody kills. */
export async function comeToRest(
  shop: Constellation,
  given: { since: number; plant: StormPlant | undefined; say: (line: string) => void },
): Promise<void> {
  await waitUntil(
    'every delivery was taken',
    async () => (await countPending(shop)) === 0,
    mostMs,
    200,
  );
  await shop.kill('worker', 'SIGTERM');
  if (given.plant !== 'no-back-fill') {
    const asked = { from: given.since, actor: { kind: 'operator', id: 'storm' } as const };
    await withRuntime(shop, (runtime) => requestBackFill(runtime, asked));
  }
  await shop.startChild('worker', later);
  given.say('Every delivery was taken; what was lost is read from the list …');
  await withRuntime(shop, ({ db }) =>
    waitUntil(
      'nothing waits any more',
      async () => {
        const runs = await db.selectFrom('backFills').select('status').execute();
        const isRead = given.plant === 'no-back-fill' || runs.every((run) => run.status === 'done');
        const waiting = await db
          .selectFrom('stripeEvents')
          .select('id')
          .where('status', '=', 'pending')
          .executeTakeFirst();
        const owed = await db
          .selectFrom('payments')
          .select('id')
          .where('nextStep', '=', 'charge')
          .executeTakeFirst();
        return isRead && !waiting && !owed;
      },
      mostMs,
      250,
    ),
  );
}

/** Until no more than so many deliveries are still to be taken, or for three minutes. */
export async function waitUntilFewWait(shop: Constellation, few: number): Promise<void> {
  const deadline = Date.now() + 3 * 60_000;
  await waitUntil(
    'few deliveries wait',
    async () => (await countPending(shop)) <= few || Date.now() > deadline,
    mostMs,
    500,
  );
}

async function countPending(shop: Constellation): Promise<number> {
  const answer = await fetch(`${shop.sandboxUrl}/_sandbox/deliveries?state=pending`);
  return ((await answer.json()) as unknown[]).length;
}
