import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { removeRedisplayed } from './customer-session.ts';
import { readElementsSession } from './elements-session.ts';

/** What Stripe.js asks beside the public API; the SDK has no types for it. */
export const ELEMENTS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/elements/sessions',
    access: 'any',
    more: [
      'allowed_payment_method_types',
      'amount',
      'client_secret',
      'currency',
      'customer_session_client_secret',
      'excluded_payment_method_types',
      'mode',
      'setup_future_usage',
    ],
    answer: ({ account, params }) => readElementsSession(account, params),
  },
  {
    method: 'POST',
    path: '/v1/elements/payment_methods/:id/detach',
    access: 'any',
    more: ['customer_session_client_secret'],
    answer: (call) => removeRedisplayed(call.account, pathId(call), call.params),
  },
];
