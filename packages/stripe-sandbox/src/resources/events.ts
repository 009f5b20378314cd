import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { countDeliveries, enqueueDelivery } from '../delivery-queue.ts';
import { listListeners } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { getByParam, getByPath } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { flag, text, texts } from '../params.ts';
import type { Params } from '../params.ts';

/** Events are listed for 30 days. */
const LISTED_SECONDS = 30 * 24 * 60 * 60;

/** How many endpoints have not taken it yet is counted when asked, not written into the event. */
function withPending(account: Account, event: Stripe.EventBase): Stripe.EventBase {
  return { ...event, pending_webhooks: countDeliveries(account, event.id).pending };
}

function listEvents(account: Account, params: Params): Stripe.ApiList<Stripe.EventBase> {
  const type = text(params, 'type');
  const types = texts(params, 'types');
  if (type !== undefined && types !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: type, types.', {
      code: 'parameters_exclusive',
      param: 'type',
    });
  }
  if (types !== undefined && types.length > 20) {
    throw invalidRequest('You may pass at most 20 types.', { param: 'types' });
  }
  const kinds = types ?? (type === undefined ? undefined : [type]);
  const success = flag(params, 'delivery_success');
  const oldest = account.ctx.clock.seconds() - LISTED_SECONDS;
  const page = listPage(account, 'event', '/v1/events', params, {
    ...(kinds === undefined ? {} : { kinds: kinds.map(literalButStar) }),
    matches: ({ object }) =>
      object.created >= oldest &&
      (success === undefined || isDelivered(account, object.id) === success),
  });
  return { ...page, data: page.data.map((event) => withPending(account, event)) };
}

/** An event of the last 30 days, or 404. */
function getEvent(account: Account, id: string): Stripe.EventBase {
  const { object } = getByPath(account, 'event', id);
  if (object.created < account.ctx.clock.seconds() - LISTED_SECONDS) {
    throw resourceMissing('event', id, 'id', 'path');
  }
  return object;
}

/**
 * Sends an event once more, to one endpoint or to all that listen: what `stripe events resend` of the
 * CLI calls (stripe.md 16).
 */
function retryEvent(account: Account, id: string, params: Params): Stripe.EventBase {
  const event = getEvent(account, id);
  const endpoint = text(params, 'webhook_endpoint');
  const targets =
    endpoint === undefined
      ? listListeners(account, event.type).map(({ object }) => object.id)
      : [getByParam(account, 'webhook_endpoint', endpoint, 'webhook_endpoint').object.id];
  for (const target of targets) {
    enqueueDelivery(account, event, target, { copies: 1, rank: null });
  }
  account.ctx.wakeDeliveries();
  return withPending(account, event);
}

/** `delivery_success=true`: every endpoint took it; `false`: one still has not. */
function isDelivered(account: Account, eventId: string): boolean {
  const { pending, failed } = countDeliveries(account, eventId);
  return pending + failed === 0;
}

/** In GLOB, only the star keeps its meaning. */
function literalButStar(type: string): string {
  return type.replaceAll(/[?[]/g, '[$&]');
}

export const EVENT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/events',
    answer: ({ account, params }) => listEvents(account, params),
  },
  {
    method: 'GET',
    path: '/v1/events/:id',
    answer: (call) => withPending(call.account, getEvent(call.account, pathId(call))),
  },
  {
    method: 'POST',
    path: '/v1/events/:id/retry',
    more: ['webhook_endpoint'],
    answer: (call) => retryEvent(call.account, pathId(call), call.params),
  },
];
