import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState, resourceMissing } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { newId, randomText } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, missing, text, texts, url } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';

function readEvents(params: Params): string[] | undefined {
  const events = texts(params, 'enabled_events');
  const odd = events?.find((name) => name !== '*' && !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(name));
  if (odd !== undefined || events?.length === 0) {
    throw invalidRequest(`Invalid enabled_events: ${(odd ?? '').slice(0, 60)} is no event type.`, {
      param: 'enabled_events',
    });
  }
  return events;
}

/** Stripe takes 16 endpoints an account (stripe.md 6.2). */
const MOST = 16;

function requireRoom(account: Account): void {
  const { rows } = account.ctx.store.page(account.id, 'webhook_endpoint', { limit: MOST });
  if (rows.length < MOST) return;
  throw refusedByState(
    `You have reached the maximum of ${String(MOST)} test webhook endpoints. Delete one before you create another.`,
  );
}

/** The signing secret is in this answer only. */
function createEndpoint(account: Account, params: Params): Stripe.WebhookEndpoint {
  const address = url(params, 'url');
  if (address === undefined) throw missing('url');
  const events = readEvents(params);
  if (events === undefined) throw missing('enabled_events');
  requireRoom(account);
  const object: Stripe.WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: text(params, 'api_version') ?? null,
    application: null,
    created: account.ctx.clock.seconds(),
    description: clearable(params, 'description') ?? null,
    enabled_events: events,
    livemode: false,
    metadata: mergeMetadata(params),
    status: 'enabled',
    url: address,
  };
  const secret = newSecret();
  account.ctx.store.insert(account.id, 'webhook_endpoint', {
    object,
    hidden: { secret, deleted: false },
  });
  account.ctx.listeners.delete(account.id);
  return { ...object, secret };
}

function getEndpoint(account: Account, id: string): Row<'webhook_endpoint'> {
  const row = getByPath(account, 'webhook_endpoint', id);
  if (row.hidden.deleted) throw resourceMissing('webhook endpoint', id, 'id', 'path');
  return row;
}

function updateEndpoint(account: Account, id: string, params: Params): Stripe.WebhookEndpoint {
  const row = getEndpoint(account, id);
  const { object } = row;
  object.url = url(params, 'url') ?? object.url;
  object.enabled_events = readEvents(params) ?? object.enabled_events;
  const description = clearable(params, 'description');
  if (description !== undefined) object.description = description;
  const disabled = flag(params, 'disabled');
  if (disabled !== undefined) object.status = disabled ? 'disabled' : 'enabled';
  object.metadata = mergeMetadata(params, object.metadata);
  saveEndpoint(account, row);
  return object;
}

function newSecret(): string {
  return `whsec_${randomText(32)}`;
}

function saveEndpoint(account: Account, row: Row<'webhook_endpoint'>): void {
  save(account, 'webhook_endpoint', row);
  account.ctx.listeners.delete(account.id);
}

/**
 * A new signing secret, as a press on "Roll secret" in Stripe's Dashboard gives one; the former one signs
 * as well for `keepFormerSeconds`.
 */
export function rollSecret(account: Account, id: string, keepFormerSeconds: number): string {
  const row = getEndpoint(account, id);
  const until = account.ctx.clock.seconds() + keepFormerSeconds;
  row.hidden.former = { secret: row.hidden.secret, until };
  row.hidden.secret = newSecret();
  saveEndpoint(account, row);
  return row.hidden.secret;
}

/** What still waited for it is given up. */
function deleteEndpoint(account: Account, id: string): object {
  const row = getEndpoint(account, id);
  row.hidden.deleted = true;
  saveEndpoint(account, row);
  account.ctx.store
    .sql<[string], unknown>("delete from deliveries where endpoint_id = ? and state = 'pending'")
    .run(id);
  return { id, object: 'webhook_endpoint', deleted: true };
}

export const WEBHOOK_ENDPOINT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    answer: ({ account, params }) => createEndpoint(account, params),
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    answer: ({ account, params }) =>
      listPage(account, 'webhook_endpoint', '/v1/webhook_endpoints', params),
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints/:id',
    answer: (call) => getEndpoint(call.account, pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints/:id',
    answer: (call) => updateEndpoint(call.account, pathId(call), call.params),
  },
  {
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    answer: (call) => deleteEndpoint(call.account, pathId(call)),
  },
];
