import type Stripe from 'stripe';
import type { Account } from './context.ts';
import { enqueueDelivery } from './delivery-queue.ts';
import { newId } from './ids.ts';
import { isTree } from './params.ts';
import type { Row, StoredObjects, StoredType } from './stored-objects.ts';

/** The API version the sandbox speaks. */
export const API_VERSION = '2026-10-28.endive';

/**
 * Writes an event and its deliveries in the transaction of the change that caused it, with the object
 * as it is now; `before` adds `previous_attributes` to `*.updated` events.
 */
export function emitEvent<T extends StoredType>(
  account: Account,
  type: Stripe.EventBase['type'],
  object: StoredObjects[T] | Stripe.Discount,
  before?: StoredObjects[T] | Stripe.Discount,
): void {
  const { store, clock } = account.ctx;
  const endpoints = listListeners(account, type);
  const event: Stripe.EventBase = {
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: clock.seconds(),
    data: {
      // Written out at once, so later changes of the object do not reach the event.
      object,
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
  for (const { object: endpoint } of endpoints) {
    enqueueDelivery(account, event, endpoint.id, account.ctx.webhookFaults.plan(type));
  }
  if (endpoints.length > 0) account.ctx.wakeDeliveries();
}

/** The enabled endpoints of an account that want events of a type. */
export function listListeners(account: Account, type: string): Row<'webhook_endpoint'>[] {
  const { listeners, store } = account.ctx;
  let endpoints = listeners.get(account.id);
  if (endpoints === undefined) {
    endpoints = store.page(account.id, 'webhook_endpoint', { limit: 100 }).rows;
    listeners.set(account.id, endpoints);
  }
  return endpoints.filter(({ object }) => listensTo(object, type));
}

function listensTo(endpoint: Stripe.WebhookEndpoint, type: string): boolean {
  return (
    endpoint.status === 'enabled' &&
    (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type))
  );
}

/** The former values of the fields that differ, inside of hashes too; null for those that are new. */
function changedFrom(before: object, after: object): { [field: string]: unknown } {
  const former = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  const changed: { [field: string]: unknown } = {};
  for (const field of new Set([...former.keys(), ...now.keys()])) {
    const [was, is] = [former.get(field), now.get(field)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    changed[field] = isTree(was) && isTree(is) ? changedFrom(was, is) : (was ?? null);
  }
  return changed;
}
