import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { getByPath } from '../get-object.ts';
import { listPage } from '../list-page.ts';
import { text } from '../params.ts';
import { ownedBy } from '../owner.ts';

export const CHARGE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/charges',
    answer: ({ account, params }) => {
      const paymentIntent = text(params, 'payment_intent');
      return listPage(account, 'charge', '/v1/charges', params, {
        ...ownedBy(params),
        ...(paymentIntent === undefined ? {} : { paymentIntent }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/charges/:id',
    answer: (call) => getByPath(call.account, 'charge', pathId(call)).object,
  },
];
