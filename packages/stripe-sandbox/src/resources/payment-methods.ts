import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState, resourceMissing } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { hash, integer, missing, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import { readBillingDetails } from './address.ts';
import { attachToCustomer, detach } from './attach-payment-method.ts';
import { ALLOW_REDISPLAY, createPaymentMethod } from './create-payment-method.ts';
import { takePaymentMethod } from './take-payment-method.ts';
import { ownerIdOf, readOwner } from '../owner.ts';

/** Only attached methods can be changed. */
function updatePaymentMethod(account: Account, id: string, params: Params): Stripe.PaymentMethod {
  const row = getByPath(account, 'payment_method', id);
  if (ownerIdOf(row.object) === null) {
    throw refusedByState(
      'You must save this PaymentMethod to a customer before you can update it.',
    );
  }
  const before = structuredClone(row.object);
  row.object.billing_details = readBillingDetails(params, row.object.billing_details);
  const allowRedisplay = oneOf(params, 'allow_redisplay', ALLOW_REDISPLAY);
  if (allowRedisplay !== undefined) row.object.allow_redisplay = allowRedisplay;
  row.object.metadata = mergeMetadata(params, row.object.metadata ?? {});
  const card = hash(params, 'card');
  if (card !== undefined && row.object.card !== undefined) {
    const month = integer(card, 'exp_month') ?? row.object.card.exp_month;
    if (month < 1 || month > 12) {
      throw invalidRequest("Your card's expiration month is invalid.", {
        code: 'invalid_expiry_month',
        param: 'card[exp_month]',
      });
    }
    const year = integer(card, 'exp_year') ?? row.object.card.exp_year;
    const today = new Date(account.ctx.clock.now());
    if (year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1) {
      throw invalidRequest("Your card's expiration year is invalid.", {
        code: 'invalid_expiry_year',
        param: 'card[exp_year]',
      });
    }
    row.object.card.exp_month = month;
    row.object.card.exp_year = year;
  }
  const bank = hash(params, 'us_bank_account');
  if (bank !== undefined && row.object.us_bank_account !== undefined) {
    const shown = row.object.us_bank_account;
    shown.account_holder_type = text(bank, 'account_holder_type') ?? shown.account_holder_type;
    shown.account_type = text(bank, 'account_type') ?? shown.account_type;
  }
  save(account, 'payment_method', row);
  emitEvent(account, 'payment_method.updated', row.object, before);
  return row.object;
}

function listForCustomer(
  account: Account,
  ownerId: string,
  url: string,
  params: Params,
): Stripe.ApiList<Stripe.PaymentMethod> {
  const type = text(params, 'type');
  const redisplay = oneOf(params, 'allow_redisplay', ALLOW_REDISPLAY);
  return listPage(account, 'payment_method', url, params, {
    customer: ownerId,
    matches: ({ object }) =>
      (type === undefined || object.type === type) &&
      (redisplay === undefined || object.allow_redisplay === redisplay),
  });
}

/** Without a customer the list is empty: Stripe does not show unattached methods. */
function listPaymentMethods(
  account: Account,
  params: Params,
): Stripe.ApiList<Stripe.PaymentMethod> {
  const url = '/v1/payment_methods';
  const owner = readOwner(account, params);
  if (owner === undefined) return { object: 'list', data: [], has_more: false, url };
  return listForCustomer(account, owner, url, params);
}

function getCustomersMethod(
  account: Account,
  customerId: string,
  methodId: string,
): Stripe.PaymentMethod {
  getByPath(account, 'customer', customerId);
  const row = account.ctx.store.find(account.id, 'payment_method', methodId);
  if (row === undefined || idOf(row.object.customer) !== customerId) {
    throw resourceMissing('PaymentMethod', methodId, 'customer', 'path');
  }
  return row.object;
}

function attach(account: Account, id: string, params: Params): Stripe.PaymentMethod {
  const owner = readOwner(account, params);
  if (owner === undefined) throw missing('customer');
  return attachToCustomer(account, takePaymentMethod(account, id, 'path'), owner);
}

export const PAYMENT_METHOD_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/payment_methods',
    more: ['client_secret'],
    access: 'any',
    json: true,
    answer: ({ account, params }) => createPaymentMethod(account, params).object,
  },
  {
    method: 'GET',
    path: '/v1/payment_methods',
    answer: ({ account, params }) => listPaymentMethods(account, params),
  },
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    answer: (call) => takePaymentMethod(call.account, pathId(call), 'path').object,
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id',
    answer: (call) => updatePaymentMethod(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    answer: (call) => attach(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    answer: (call) => detach(call.account, getByPath(call.account, 'payment_method', pathId(call))),
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    answer: (call) => {
      const id = pathId(call);
      getByPath(call.account, 'customer', id);
      const url = `/v1/customers/${id}/payment_methods`;
      return listForCustomer(call.account, id, url, call.params);
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/payment_methods/:method',
    answer: (call) => getCustomersMethod(call.account, pathId(call), pathId(call, 'method')),
  },
];
