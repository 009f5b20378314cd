import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { hash, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import { createSession } from './create-session.ts';
import { expireSession } from './expire-session.ts';
import { ownedBy } from '../owner.ts';

function expireById(account: Account, id: string): Stripe.Checkout.Session {
  const row = getByPath(account, 'checkout.session', id);
  if (row.object.status !== 'open') {
    throw refusedByState(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${row.object.status ?? ''}\`.`,
    );
  }
  return expireSession(account, row);
}

function listSessions(account: Account, params: Params): Stripe.ApiList<Stripe.Checkout.Session> {
  const status = oneOf(params, 'status', ['complete', 'expired', 'open']);
  const paymentIntent = text(params, 'payment_intent');
  const details = hash(params, 'customer_details');
  const email = details === undefined ? undefined : text(details, 'email');
  return listPage(account, 'checkout.session', '/v1/checkout/sessions', params, {
    ...ownedBy(params),
    ...(paymentIntent === undefined ? {} : { paymentIntent }),
    ...(status === undefined ? {} : { kinds: [status] }),
    ...(email === undefined
      ? {}
      : { matches: ({ object }) => object.customer_details?.email === email }),
  });
}

export const SESSION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/checkout/sessions',
    answer: ({ account, params }) => createSession(account, params),
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions',
    answer: ({ account, params }) => listSessions(account, params),
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:id',
    answer: (call) => getByPath(call.account, 'checkout.session', pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions/:id',
    answer: (call) => {
      const row = getByPath(call.account, 'checkout.session', pathId(call));
      row.object.metadata = mergeMetadata(call.params, row.object.metadata ?? {});
      save(call.account, 'checkout.session', row);
      return row.object;
    },
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    answer: (call) => {
      const { object, hidden } = getByPath(call.account, 'checkout.session', pathId(call));
      return {
        object: 'list',
        data: hidden.lineItems,
        has_more: false,
        url: `/v1/checkout/sessions/${object.id}/line_items`,
      };
    },
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions/:id/expire',
    answer: (call) => expireById(call.account, pathId(call)),
  },
];
