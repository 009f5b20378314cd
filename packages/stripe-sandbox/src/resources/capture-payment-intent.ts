import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { integer } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';

function refuseState(row: Row<'payment_intent'>, verb: string, states: readonly string[]): Error {
  const past = verb === 'capture' ? 'captured' : 'canceled';
  return refusedByState(
    `This PaymentIntent could not be ${past} because it has a status of ${row.object.status}. Only a PaymentIntent with one of the following statuses may be ${past}: ${states.join(', ')}.`,
    {
      code: 'payment_intent_unexpected_state',
      payment_intent: structuredClone(row.object),
    },
  );
}

/** Takes held funds, all or `amount_to_capture`; the rest is let go. */
export function capturePaymentIntent(
  account: Account,
  id: string,
  params: Params,
): Stripe.PaymentIntent {
  const row = getByPath(account, 'payment_intent', id);
  const { object } = row;
  if (object.status !== 'requires_capture') throw refuseState(row, 'capture', ['requires_capture']);
  const amount = integer(params, 'amount_to_capture') ?? object.amount_capturable;
  if (amount < 1 || amount > object.amount_capturable) {
    throw invalidRequest(
      `The provided capture amount (${String(amount)}) is not between 1 and the amount that is capturable (${String(object.amount_capturable)}).`,
      {
        code: amount < 1 ? 'parameter_invalid_integer' : 'amount_too_large',
        param: 'amount_to_capture',
      },
    );
  }
  object.status = 'succeeded';
  object.amount_received = amount;
  object.amount_capturable = 0;
  object.metadata = mergeMetadata(params, object.metadata);
  save(account, 'payment_intent', row);
  const charge = chargeOf(account, row);
  if (charge !== undefined) {
    charge.object.captured = true;
    charge.object.amount_captured = amount;
    charge.object.amount_refunded = charge.object.amount - amount;
    save(account, 'charge', charge);
    emitEvent(account, 'charge.captured', charge.object);
  }
  emitEvent(account, 'payment_intent.succeeded', object);
  return object;
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
  if (!CANCELABLE.includes(object.status)) throw refuseState(row, 'cancel', CANCELABLE);
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
    held.object.refunded = true;
    held.object.amount_refunded = held.object.amount;
    save(account, 'charge', held);
    emitEvent(account, 'charge.refunded', held.object);
  }
  emitEvent(account, 'payment_intent.canceled', object);
  return object;
}

function chargeOf(account: Account, row: Row<'payment_intent'>): Row<'charge'> | undefined {
  const id = idOf(row.object.latest_charge);
  return id === null ? undefined : account.ctx.store.find(account.id, 'charge', id);
}
