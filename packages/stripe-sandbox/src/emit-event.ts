import type Stripe from 'stripe';
import type { Account } from './context.ts';
import { newId } from './ids.ts';
import type { StoredObjects, StoredType } from './stored-objects.ts';

/** The API version the sandbox speaks. */
export const API_VERSION = '2026-10-28.endive';

/**
 * Writes an event and its deliveries in the transaction of the change that caused it. The object is
 * copied as it is now; `before` adds `previous_attributes` to `*.updated` events.
 */
export function emitEvent<T extends StoredType>(
  account: Account,
  type: Stripe.EventBase['type'],
  object: StoredObjects[T],
  before?: StoredObjects[T],
): void {
  const { store, clock } = account.ctx;
  const endpoints = store
    .page(account.id, 'webhook_endpoint', { limit: 100 })
    .rows.filter(({ object: endpoint }) => listensTo(endpoint, type));
  const event: Stripe.EventBase = {
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: clock.seconds(),
    data: {
      object: structuredClone(object),
      ...(before === undefined ? {} : { previous_attributes: changedFrom(before, object) }),
    },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: {
      id: account.request?.id ?? null,
      idempotency_key: account.request?.idempotencyKey ?? null,
    },
    type,
  };
  store.insert(account.id, 'event', { object: event, hidden: {} });
  const enqueue = store.sql<[string, string, string, number], unknown>(
    `insert into deliveries (account, event_id, endpoint_id, state, next_ms) values (?, ?, ?, 'pending', ?)`,
  );
  for (const { object: endpoint } of endpoints) {
    enqueue.run(account.id, event.id, endpoint.id, clock.now());
  }
  if (endpoints.length > 0) account.ctx.wakeDeliveries();
}

function listensTo(endpoint: Stripe.WebhookEndpoint, type: string): boolean {
  return (
    endpoint.status === 'enabled' &&
    (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type))
  );
}

/** The former values of the fields that differ. */
function changedFrom(before: object, after: object): { [field: string]: unknown } {
  const now = new Map<string, unknown>(Object.entries(after));
  return Object.fromEntries(
    Object.entries(before).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(now.get(field)),
    ),
  );
}
