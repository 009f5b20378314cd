import type Stripe from 'stripe';
import type { Account } from '../../context.ts';
import { emitEvent } from '../../emit-event.ts';
import { pathId } from '../../endpoint.ts';
import type { Endpoint } from '../../endpoint.ts';
import { invalidRequest, refusedByState } from '../../errors.ts';
import { getByParam, getByPath, save } from '../../get-object.ts';
import { idOf } from '../../ids.ts';
import { listPage } from '../../list-page.ts';
import { mergeMetadata } from '../../metadata.ts';
import { clearable, hash, hashes, integer, missing, requiredText, text } from '../../params.ts';
import type { Params } from '../../params.ts';
import { defaultMethodOf } from '../default-method.ts';
import { buildSubscription } from './build-subscription.ts';

const DAY_SECONDS = 24 * 60 * 60;
/** A trial that ends within three days is announced at once. */
const ANNOUNCED_SECONDS = 3 * DAY_SECONDS;

/**
 * Keeps a subscription and its states, so that what `stripe trigger customer.subscription.*` asks for
 * comes about. There are no invoices: nothing is ever charged, and no period ends by itself.
 */
function createSubscription(account: Account, params: Params): Stripe.Subscription {
  const customer = requiredText(params, 'customer');
  getByParam(account, 'customer', customer, 'customer');
  const now = account.ctx.clock.seconds();
  const trialEnd = readTrialEnd(params, now);
  const defaultMethod = text(params, 'default_payment_method') ?? null;
  if (trialEnd === null && (defaultMethod ?? defaultMethodOf(account, customer)) === null) {
    throw refusedByState(
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
      { code: 'resource_missing' },
    );
  }
  const settings = hash(params, 'trial_settings');
  const behavior = settings && hash(settings, 'end_behavior');
  const object = buildSubscription(account, {
    customer,
    prices: readItems(account, params),
    defaultMethod,
    trialEnd,
    withoutMethod: (behavior && text(behavior, 'missing_payment_method')) ?? 'create_invoice',
    metadata: mergeMetadata(params),
    description: clearable(params, 'description') ?? null,
  });
  account.ctx.store.insert(account.id, 'subscription', { object, hidden: {} });
  emitEvent(account, 'customer.subscription.created', object);
  if (trialEnd !== null && trialEnd - now <= ANNOUNCED_SECONDS) {
    emitEvent(account, 'customer.subscription.trial_will_end', object);
  }
  return object;
}

function readTrialEnd(params: Params, now: number): number | null {
  const days = integer(params, 'trial_period_days');
  if (days !== undefined && days > 0) return now + days * DAY_SECONDS;
  if (text(params, 'trial_end') === 'now') return null;
  return integer(params, 'trial_end') ?? null;
}

function readItems(account: Account, params: Params): { price: Stripe.Price; quantity: number }[] {
  const given = hashes(params, 'items');
  if (given === undefined || given.length === 0) throw missing('items');
  return given.map((item) => {
    const param = `${item.at}[price]`;
    const { object: price } = getByParam(account, 'price', requiredText(item, 'price'), param);
    if (price.recurring === null) {
      throw invalidRequest(
        'The price specified is set to `type=one_time`, but must be recurring.',
        {
          param,
        },
      );
    }
    return { price, quantity: integer(item, 'quantity') ?? 1 };
  });
}

/** Changes metadata and the like, and ends a trial with `trial_end=now`. */
function updateSubscription(account: Account, id: string, params: Params): Stripe.Subscription {
  const row = getByPath(account, 'subscription', id);
  const { object } = row;
  if (object.status === 'canceled') {
    throw refusedByState('A canceled subscription can only update its cancellation details.');
  }
  const before = structuredClone(object);
  object.metadata = mergeMetadata(params, object.metadata);
  const description = clearable(params, 'description');
  if (description !== undefined) object.description = description;
  const method = text(params, 'default_payment_method');
  if (method !== undefined) object.default_payment_method = method;
  const endsNow = text(params, 'trial_end') === 'now' && object.status === 'trialing';
  if (endsNow) endTrial(account, object);
  save(account, 'subscription', row);
  emitEvent(account, 'customer.subscription.updated', object, before);
  if (endsNow && object.status === 'paused') {
    emitEvent(account, 'customer.subscription.paused', object);
  }
  return object;
}

function endTrial(account: Account, subscription: Stripe.Subscription): void {
  const customer = idOf(subscription.customer) ?? '';
  const method = idOf(subscription.default_payment_method) ?? defaultMethodOf(account, customer);
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
  subscription.trial_end = account.ctx.clock.seconds();
  subscription.status = method === null && behavior === 'pause' ? 'paused' : 'active';
}

function cancelSubscription(account: Account, id: string): Stripe.Subscription {
  const row = getByPath(account, 'subscription', id);
  if (row.object.status === 'canceled') {
    throw refusedByState(`No such subscription: '${id}'`, {
      code: 'resource_missing',
      param: 'id',
    });
  }
  const now = account.ctx.clock.seconds();
  Object.assign(row.object, { status: 'canceled', canceled_at: now, ended_at: now });
  save(account, 'subscription', row);
  emitEvent(account, 'customer.subscription.deleted', row.object);
  return row.object;
}

const CHANGEABLE = ['default_payment_method', 'description', 'metadata', 'trial_end'] as const;

export const SUBSCRIPTION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/subscriptions',
    more: [...CHANGEABLE, 'customer', 'items', 'trial_period_days', 'trial_settings'],
    answer: ({ account, params }) => createSubscription(account, params),
  },
  {
    method: 'GET',
    path: '/v1/subscriptions',
    more: ['customer', 'ending_before', 'limit', 'starting_after'],
    answer: ({ account, params }) => {
      const customer = text(params, 'customer');
      const filter = customer === undefined ? {} : { customer };
      return listPage(account, 'subscription', '/v1/subscriptions', params, filter);
    },
  },
  {
    method: 'GET',
    path: '/v1/subscriptions/:id',
    answer: (call) => getByPath(call.account, 'subscription', pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/subscriptions/:id',
    more: CHANGEABLE,
    answer: (call) => updateSubscription(call.account, pathId(call), call.params),
  },
  {
    method: 'DELETE',
    path: '/v1/subscriptions/:id',
    answer: (call) => cancelSubscription(call.account, pathId(call)),
  },
];
