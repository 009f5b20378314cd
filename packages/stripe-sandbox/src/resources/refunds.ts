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
import { ownerFields, ownerIdOf } from '../owner.ts';
import { findTestCard } from '../test-cards.ts';
import { makeBalanceTransaction } from './balance-transactions.ts';
import { emitUpdated, undoRefund } from './settle-refund.ts';

/** How long the refunds of the special test cards, and of bank debits, take. */
const SETTLE_SECONDS = 5;

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
  requireRefundable(account, paid);
  const left = refundable(account, paid);
  if (left === 0) {
    throw refusedByState(`Charge ${paid.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  const amount = integer(params, 'amount') ?? left;
  if (amount < 1) {
    throw invalidRequest('Invalid positive integer', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    });
  }
  if (amount > left) {
    throw refusedByState(
      `Refund amount (${String(amount)}) is greater than unrefunded amount on charge (${String(left)}).`,
      { param: 'amount' },
    );
  }
  const row = buildRefund(account, charge, amount, params);
  account.ctx.store.insert(account.id, 'refund', row);
  paid.amount_refunded += amount;
  paid.refunded = paid.amount_refunded === paid.amount;
  save(account, 'charge', charge);
  emitEvent(account, 'refund.created', row.object);
  emitEvent(account, 'charge.refunded', paid);
  return row.object;
}

/**
 * What may still be paid back. While more of a hold may be captured, the uncaptured rest is not yet
 * counted as refunded: only what was captured so far can go back.
 */
function refundable(account: Account, charge: Stripe.Charge): number {
  const intent = account.ctx.store.find(
    account.id,
    'payment_intent',
    idOf(charge.payment_intent) ?? '',
  );
  const held = intent?.object.status === 'requires_capture';
  return (held ? charge.amount_captured : charge.amount) - charge.amount_refunded;
}

/** 400 for what was not captured, and for what its owner is taking back already. */
function requireRefundable(account: Account, charge: Stripe.Charge): void {
  if (!charge.paid || !charge.captured) {
    throw refusedByState(`Charge ${charge.id} has not been captured: there is nothing to refund.`);
  }
  if (!charge.disputed) return;
  const disputes = account.ctx.store.page(account.id, 'dispute', {
    limit: 1,
    matches: ({ object }) => idOf(object.charge) === charge.id,
  });
  if (disputes.rows[0]?.object.is_charge_refundable === true) return;
  throw refusedByState(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
    code: 'charge_disputed',
  });
}

function buildRefund(
  account: Account,
  charge: Row<'charge'>,
  amount: number,
  params: Params,
): Row<'refund'> {
  const { object: paid } = charge;
  const isCard = paid.payment_method_details?.type === 'card';
  const card = findTestCard(charge.hidden.behaviour ?? '');
  const pending = card?.refund === 'pending' || !isCard;
  const later = pending || card?.refund === 'fail';
  const id = newId(isCard ? 're' : 'pyr');
  const intentId = idOf(paid.payment_intent);
  const intent =
    intentId === null
      ? undefined
      : account.ctx.store.find(account.id, 'payment_intent', intentId)?.object;
  const now = account.ctx.clock.seconds();
  const object: Stripe.Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: makeBalanceTransaction(account, {
      amount: -amount,
      currency: paid.currency,
      type: isCard ? 'refund' : 'payment_refund',
      source: id,
      description: 'REFUND FOR CHARGE',
    }).id,
    charge: paid.id,
    created: now,
    currency: paid.currency,
    ...ownerFields(intent === undefined ? idOf(paid.customer) : ownerIdOf(intent)),
    ...(isCard ? { destination_details: { card: destination(pending), type: 'card' } } : {}),
    metadata: mergeMetadata(params),
    payment_intent: intentId,
    payment_method: paid.payment_method,
    ...(pending ? { pending_reason: 'processing' } : {}),
    reason: oneOf(params, 'reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  if (!later) return { object, hidden: {} };
  return {
    object,
    hidden: { dueAt: now + SETTLE_SECONDS, becomes: pending ? 'succeeded' : 'failed' },
  };
}

function destination(pending: boolean): Stripe.Refund.DestinationDetails.Card {
  return {
    reference_status: pending ? 'pending' : 'available',
    reference_type: 'acquirer_reference_number',
    type: 'refund',
  };
}

/** Only the metadata of a refund can be changed. */
function updateRefund(account: Account, id: string, params: Params): Stripe.Refund {
  const row = getByPath(account, 'refund', id);
  const before = structuredClone(row.object);
  row.object.metadata = mergeMetadata(params, row.object.metadata ?? {});
  save(account, 'refund', row);
  emitUpdated(account, row.object, before);
  return row.object;
}

/** Calls a refund back that has not gone out. */
function cancelRefund(account: Account, id: string): Stripe.Refund {
  const row = getByPath(account, 'refund', id);
  const { status } = row.object;
  if (status !== 'requires_action' && status !== 'pending') {
    throw refusedByState(
      `This refund cannot be canceled because it has a status of ${status ?? ''}. Only refunds with a status of requires_action or pending can be canceled.`,
    );
  }
  const before = structuredClone(row.object);
  undoRefund(account, row, 'canceled');
  emitUpdated(account, row.object, before);
  return row.object;
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
  {
    method: 'POST',
    path: '/v1/refunds/:id',
    answer: (call) => updateRefund(call.account, pathId(call), call.params),
  },
  {
    method: 'POST',
    path: '/v1/refunds/:id/cancel',
    answer: (call) => cancelRefund(call.account, pathId(call)),
  },
];
