import type { Account } from '../../context.ts';
import { pathId } from '../../endpoint.ts';
import type { Endpoint } from '../../endpoint.ts';
import { getByPath } from '../../get-object.ts';
import { idOf } from '../../ids.ts';
import { listPage } from '../../list-page.ts';
import { text } from '../../params.ts';
import { closeDispute } from './close-dispute.ts';
import { EVIDENCE_CHARACTERS, updateDispute } from './update-dispute.ts';

/** `POST /close`: the merchant gives in. An inquiry ends without loss. */
function giveIn(account: Account, id: string): object {
  const { object } = getByPath(account, 'dispute', id);
  const inquiry = object.status.startsWith('warning_');
  return closeDispute(account, id, inquiry ? 'warning_closed' : 'lost');
}

export const DISPUTE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/disputes',
    answer: ({ account, params }) => {
      const charge = text(params, 'charge');
      const paymentIntent = text(params, 'payment_intent');
      return listPage(account, 'dispute', '/v1/disputes', params, {
        ...(paymentIntent === undefined ? {} : { paymentIntent }),
        ...(charge === undefined
          ? {}
          : { matches: ({ object }) => idOf(object.charge) === charge }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/disputes/:id',
    answer: (call) => getByPath(call.account, 'dispute', pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/disputes/:id',
    longestText: EVIDENCE_CHARACTERS,
    answer: (call) => updateDispute(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/disputes/:id/close',
    answer: (call) => giveIn(call.account, pathId(call)),
  },
];
