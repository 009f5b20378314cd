import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import type { TestRuntime } from './test-runtime.ts';

/** Puts an event into the inbox as if it had come now, about an object that Stripe does not have. */
export async function storeEvent(
  test: TestRuntime,
  id: string,
  type = 'payment_intent.succeeded',
): Promise<void> {
  await insert(test, {
    id,
    type,
    objectId: id,
    body: { id, data: { object: { id: `pi_${id}` } } },
  });
}

/**
 * Puts an event about one of Stripe's objects into the inbox, of no API version unless `change` says so.
 * @returns its id
 */
export async function storeEventAbout(
  test: TestRuntime,
  type: string,
  object: object & { id: string },
  change: object = {},
): Promise<string> {
  const id = `evt_${type}_${String(Math.random()).slice(2)}`;
  const body = { id, object: 'event', type, api_version: null, data: { object }, ...change };
  await insert(test, { id, type, objectId: object.id, body });
  return id;
}

async function insert(
  test: TestRuntime,
  event: { id: string; type: string; objectId: string; body: object },
): Promise<void> {
  const { body, ...row } = event;
  const now = test.clock.now();
  await insertEvents(test.runtime.db, [
    {
      ...row,
      apiVersion: null,
      stripeCreatedAt: now,
      payload: JSON.stringify(body),
      receivedAt: now,
      cameBy: null,
    },
  ]);
}
