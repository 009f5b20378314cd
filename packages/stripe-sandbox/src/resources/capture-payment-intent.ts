import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, integer } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { findTestCard } from '../test-cards.ts';
import { disputeTestCard } from './approve-payment.ts';
import { addToBalance } from './build-charge.ts';

function stateError(row: Row<'payment_intent'>, message: string): Error {
  return refusedByState(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: structuredClone(row.object),
  });
}

/**
 * Takes held funds, all or `amount_to_capture`; the rest is let go, unless `final_capture=false` and
 * the hold allows several captures.
 */
export function capturePaymentIntent(
  account: Account,
  row: Row<'payment_intent'>,
  params: Params,
): Stripe.PaymentIntent {
  const { object } = row;
  if (object.status !== 'requires_capture') {
    throw stateError(
      row,
      `This PaymentIntent could not be captured because it has a status of ${object.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  const final = flag(params, 'final_capture') ?? true;
  const charge = getByPath(account, 'charge', idOf(object.latest_charge) ?? '');
  if (!final) requireMulticapture(charge);
  const amount = readAmount(object, params, final);
  for (const name of ['statement_descriptor', 'statement_descriptor_suffix'] as const) {
    object[name] = clearable(params, name) ?? object[name];
  }
  object.metadata = mergeMetadata(params, object.metadata);
  object.status = final ? 'succeeded' : 'requires_capture';
  object.amount_received += amount;
  object.amount_capturable = final ? 0 : object.amount_capturable - amount;
  save(account, 'payment_intent', row);
  takeHeld(account, charge, amount, final);
  emitEvent(account, 'charge.captured', charge.object);
  emitEvent(
    account,
    final ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated',
    object,
  );
  if (final) disputeTestCard(account, charge.object, charge.hidden.behaviour);
  return object;
}

function requireMulticapture({ object }: Row<'charge'>): void {
  if (object.payment_method_details?.card?.multicapture?.status === 'available') return;
  throw invalidRequest(
    'This PaymentIntent cannot be captured more than once: its hold was not made with `request_multicapture`.',
    { code: 'payment_intent_invalid_parameter', param: 'final_capture' },
  );
}

function readAmount(object: Stripe.PaymentIntent, params: Params, final: boolean): number {
  const amount = integer(params, 'amount_to_capture') ?? object.amount_capturable;
  // After a first capture the last one may take nothing and only let the rest go.
  const least = final && object.amount_received > 0 ? 0 : 1;
  if (amount < least) {
    throw invalidRequest('Invalid positive integer', {
      code: 'parameter_invalid_integer',
      param: 'amount_to_capture',
    });
  }
  if (amount <= object.amount_capturable) return amount;
  throw invalidRequest(
    `The provided capture amount (${String(amount)}) is greater than the amount that can be captured (${String(object.amount_capturable)}).`,
    { code: 'amount_too_large', param: 'amount_to_capture' },
  );
}

function takeHeld(account: Account, charge: Row<'charge'>, amount: number, final: boolean): void {
  const { object, hidden } = charge;
  object.amount_captured += amount;
  object.captured = true;
  // Beside what was paid back between two captures.
  if (final) object.amount_refunded += object.amount - object.amount_captured;
  object.refunded = object.amount_refunded === object.amount;
  if (amount > 0) {
    addToBalance(
      account,
      object,
      amount,
      findTestCard(hidden.behaviour ?? '')?.available !== undefined,
    );
  }
  save(account, 'charge', charge);
}

const CANCELABLE = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
];

/** Ends an intent without payment; held funds are let go. Event: payment_intent.canceled. */
export function cancelPaymentIntent(
  account: Account,
  row: Row<'payment_intent'>,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  const { object, hidden } = row;
  if (!CANCELABLE.includes(object.status)) {
    throw stateError(
      row,
      `You cannot cancel this PaymentIntent because it has a status of ${object.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`,
    );
  }
  if (hidden.sessionId !== null && object.status !== 'requires_capture') {
    throw refusedByState(
      'This PaymentIntent belongs to a Checkout Session: expire the Checkout Session instead.',
      { code: 'payment_intent_unexpected_state' },
    );
  }
  const held = object.status === 'requires_capture' ? chargeOf(account, row) : undefined;
  object.status = 'canceled';
  object.canceled_at = account.ctx.clock.seconds();
  object.cancellation_reason = reason;
  object.amount_capturable = 0;
  object.next_action = null;
  save(account, 'payment_intent', row);
  if (held !== undefined) {
    held.object.amount_refunded += held.object.amount - held.object.amount_captured;
    held.object.refunded = held.object.amount_refunded === held.object.amount;
    save(account, 'charge', held);
    emitEvent(account, reason === 'automatic' ? 'charge.expired' : 'charge.refunded', held.object);
  }
  emitEvent(account, 'payment_intent.canceled', object);
  return object;
}

function chargeOf(account: Account, row: Row<'payment_intent'>): Row<'charge'> | undefined {
  const id = idOf(row.object.latest_charge);
  return id === null ? undefined : account.ctx.store.find(account.id, 'charge', id);
}
