import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { getByPath } from '../get-object.ts';
import { PAGING, listPage } from '../list-page.ts';
import { text } from '../params.ts';

export const CHARGE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/charges',
    params: [...PAGING, 'created', 'customer', 'payment_intent', 'transfer_group'],
    answer: ({ account, params }) => {
      const customer = text(params, 'customer');
      const paymentIntent = text(params, 'payment_intent');
      return listPage(account, 'charge', '/v1/charges', params, {
        ...(customer === undefined ? {} : { customer }),
        ...(paymentIntent === undefined ? {} : { paymentIntent }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/charges/:id',
    params: [],
    answer: (call) => getByPath(call.account, 'charge', pathId(call)).object,
  },
];
