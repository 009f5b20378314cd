import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { ownedByKnown } from '../owner.ts';
import { clearable, hash, integer, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import { readShipping } from './address.ts';
import { capturePaymentIntent } from './capture-payment-intent.ts';

/** Changes what a charge says about itself. Event: charge.updated. */
function updateCharge(account: Account, id: string, params: Params): Stripe.Charge {
  const row = getByPath(account, 'charge', id);
  const { object } = row;
  const before = structuredClone(object);
  const description = clearable(params, 'description');
  if (description !== undefined) object.description = description;
  const email = clearable(params, 'receipt_email');
  if (email !== undefined) object.receipt_email = email;
  const shipping = readShipping(params);
  if (shipping !== undefined) object.shipping = shipping;
  object.transfer_group = text(params, 'transfer_group') ?? object.transfer_group;
  const fraud = hash(params, 'fraud_details');
  const report = fraud && oneOf(fraud, 'user_report', ['fraudulent', 'safe']);
  if (report !== undefined) object.fraud_details = { user_report: report };
  object.metadata = mergeMetadata(params, object.metadata);
  save(account, 'charge', row);
  emitEvent(account, 'charge.updated', object, before);
  return object;
}

/** Captures through the intent that the charge belongs to. */
function captureCharge(account: Account, id: string, params: Params): Stripe.Charge {
  const charge = getByPath(account, 'charge', id).object;
  const intent = getByPath(account, 'payment_intent', idOf(charge.payment_intent) ?? '');
  if (charge.captured) {
    throw invalidRequest(`Charge ${id} has already been captured.`, {
      code: 'charge_already_captured',
    });
  }
  if (intent.object.status !== 'requires_capture') {
    throw invalidRequest(
      `Charge ${id} can no longer be captured: its authorization has expired or was released.`,
      { code: 'charge_expired_for_capture' },
    );
  }
  const amount = integer(params, 'amount');
  capturePaymentIntent(account, intent, {
    values: amount === undefined ? {} : { amount_to_capture: String(amount) },
    at: '',
  });
  return getByPath(account, 'charge', id).object;
}

export const CHARGE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/charges',
    answer: ({ account, params }) => {
      const paymentIntent = text(params, 'payment_intent');
      const group = text(params, 'transfer_group');
      return listPage(account, 'charge', '/v1/charges', params, {
        ...ownedByKnown(account, params),
        ...(paymentIntent === undefined ? {} : { paymentIntent }),
        ...(group === undefined
          ? {}
          : { matches: ({ object }) => object.transfer_group === group }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/charges/:id',
    answer: (call) => getByPath(call.account, 'charge', pathId(call)).object,
  },
  {
    method: 'POST',
    path: '/v1/charges/:id',
    answer: (call) => updateCharge(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/charges/:id/capture',
    answer: (call) => captureCharge(call.account, pathId(call), call.params),
  },
];
