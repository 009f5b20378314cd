import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusedByState } from '../errors.ts';
import { getByPath } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { ownedBy } from '../owner.ts';
import { has, hash, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import { createSession } from './create-session.ts';
import { expireSession } from './expire-session.ts';
import { listLineItems } from './list-line-items.ts';
import { updateSession } from './update-session.ts';

function expireById(account: Account, id: string): Stripe.Checkout.Session {
  const row = getByPath(account, 'checkout.session', id);
  if (row.object.status !== 'open') {
    throw refusedByState(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${row.object.status ?? ''}\`.`,
    );
  }
  return expireSession(account, row);
}

/** The sandbox has neither payment links nor subscriptions: no session comes from one. */
const FROM_NOTHING = ['payment_link', 'subscription'];

function listSessions(account: Account, params: Params): Stripe.ApiList<Stripe.Checkout.Session> {
  const status = oneOf(params, 'status', ['complete', 'expired', 'open']);
  const paymentIntent = text(params, 'payment_intent');
  const none = FROM_NOTHING.some((name) => has(params, name));
  const details = hash(params, 'customer_details');
  const email = details === undefined ? undefined : text(details, 'email');
  return listPage(account, 'checkout.session', '/v1/checkout/sessions', params, {
    ...ownedBy(params),
    ...(paymentIntent === undefined ? {} : { paymentIntent }),
    ...(status === undefined ? {} : { kinds: [status] }),
    ...(email === undefined && !none
      ? {}
      : { matches: ({ object }) => !none && object.customer_details?.email === email }),
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
    answer: (call) => updateSession(call.account, pathId(call), call.params),
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    answer: (call) =>
      listLineItems(getByPath(call.account, 'checkout.session', pathId(call)), call.params),
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions/:id/expire',
    answer: (call) => expireById(call.account, pathId(call)),
  },
];
