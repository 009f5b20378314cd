import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import type { TestRuntime } from './test-runtime.ts';

/** Puts an event into the inbox as if it had come now, about an object that Stripe does not have. */
export async function storeEvent(
  test: TestRuntime,
  id: string,
  type = 'payment_intent.succeeded',
): Promise<void> {
  const now = test.clock.now();
  await insertEvents(test.runtime.db, [
    {
      id,
      type,
      apiVersion: null,
      objectId: id,
      stripeCreatedAt: now,
      payload: JSON.stringify({ id, data: { object: { id: `pi_${id}` } } }),
      receivedAt: now,
      cameBy: null,
    },
  ]);
}
