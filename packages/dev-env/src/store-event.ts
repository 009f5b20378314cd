import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import type { TestRuntime } from './test-runtime.ts';

/** Puts an event into the inbox as if it had come now, about an object that Stripe does not have. */
export async function storeEvent(
  test: TestRuntime,
  id: string,
  type = 'payment_intent.succeeded',
): Promise<void> {
  await store(test, { id, type, objectId: id }, { object: { id: `pi_${id}` } });
}

/**
 * Puts an event about one of Stripe's objects into the inbox, as if it had come now.
 * @param change of the event's body
 * @returns the event's id
 */
export async function storeEventAbout(
  test: TestRuntime,
  type: string,
  object: Record<string, unknown>,
  change: object = {},
): Promise<string> {
  const id = `evt_${type}_${String(Math.random()).slice(2)}`;
  const body = { object: 'event', api_version: null, ...change };
  await store(test, { id, type, objectId: String(object['id']) }, { object }, body);
  return id;
}

async function store(
  test: TestRuntime,
  about: { id: string; type: string; objectId: string },
  data: object,
  body: object = {},
): Promise<void> {
  const { id, type } = about;
  const now = test.clock.now();
  await insertEvents(test.runtime.db, [
    {
      ...about,
      apiVersion: null,
      stripeCreatedAt: now,
      payload: JSON.stringify({ id, type, ...body, data }),
      receivedAt: now,
      cameBy: null,
    },
  ]);
}
