import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByParam, getByPath, save } from '../get-object.ts';
import { idOf, newId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { integer, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { ownerFields } from '../owner.ts';


/** The charge to pay back: named, or the last one of the intent. */
function findCharge(account: Account, params: Params): Row<'charge'> {
  const charge = text(params, 'charge');
  const intentId = text(params, 'payment_intent');
  if (charge !== undefined && intentId === undefined) {
    return getByParam(account, 'charge', charge, 'charge');
  }
  if (intentId === undefined || charge !== undefined) {
    throw invalidRequest(
      'One of the following params should be provided: payment_intent, charge.',
      {
        param: 'payment_intent',
      },
    );
  }
  const { object } = getByParam(account, 'payment_intent', intentId, 'payment_intent');
  const latest = idOf(object.latest_charge);
  if (latest === null || object.status !== 'succeeded') {
    throw refusedByState(
      object.status === 'requires_capture'
        ? `This PaymentIntent (${intentId}) has not been captured: cancel it to let the funds go.`
        : `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
    );
  }
  return getByParam(account, 'charge', latest, 'charge');
}

function createRefund(account: Account, params: Params): Stripe.Refund {
  const charge = findCharge(account, params);
  const { object: paid } = charge;
  if (!paid.paid || !paid.captured) {
    throw refusedByState(`Charge ${paid.id} has not been captured: there is nothing to refund.`);
  }
  const left = paid.amount - paid.amount_refunded;
  if (left === 0) {
    throw refusedByState(`Charge ${paid.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  const amount = integer(params, 'amount') ?? left;
  if (amount < 1 || amount > left) {
    throw refusedByState(
      `Refund amount (${String(amount)}) is greater than unrefunded amount on charge (${String(left)}).`,
      { param: 'amount' },
    );
  }
  const refund: Stripe.Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: paid.id,
    created: account.ctx.clock.seconds(),
    currency: paid.currency,
    ...ownerFields(idOf(paid.customer)),
    metadata: mergeMetadata(params),
    payment_intent: idOf(paid.payment_intent),
    payment_method: paid.payment_method,
    reason: oneOf(params, 'reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  account.ctx.store.insert(account.id, 'refund', { object: refund, hidden: {} });
  paid.amount_refunded += amount;
  paid.refunded = paid.amount_refunded === paid.amount;
  save(account, 'charge', charge);
  emitEvent(account, 'refund.created', refund);
  emitEvent(account, 'charge.refunded', paid);
  return refund;
}

export const REFUND_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/refunds',
    answer: ({ account, params }) => createRefund(account, params),
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    answer: ({ account, params }) => {
      const charge = text(params, 'charge');
      const paymentIntent = text(params, 'payment_intent');
      return listPage(account, 'refund', '/v1/refunds', params, {
        ...(paymentIntent === undefined ? {} : { paymentIntent }),
        ...(charge === undefined ? {} : { matches: ({ object }) => object.charge === charge }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/refunds/:id',
    answer: (call) => getByPath(call.account, 'refund', pathId(call)).object,
  },
];
