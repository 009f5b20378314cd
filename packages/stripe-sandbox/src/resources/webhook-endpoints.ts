import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
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

/** The signing secret is in this answer only. */
function createEndpoint(account: Account, params: Params): Stripe.WebhookEndpoint {
  const address = url(params, 'url');
  if (address === undefined) throw missing('url');
  const events = readEvents(params);
  if (events === undefined) throw missing('enabled_events');
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
  const secret = `whsec_${randomText(32)}`;
  account.ctx.store.insert(account.id, 'webhook_endpoint', {
    object,
    hidden: { secret, deleted: false },
  });
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
  save(account, 'webhook_endpoint', row);
  return object;
}

/** What still waited for it is given up. */
function deleteEndpoint(account: Account, id: string): object {
  const row = getEndpoint(account, id);
  row.hidden.deleted = true;
  save(account, 'webhook_endpoint', row);
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
