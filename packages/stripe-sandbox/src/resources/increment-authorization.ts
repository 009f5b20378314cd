import type Stripe from 'stripe';
import { checkAmount } from '../check-amount.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, integer, missing } from '../params.ts';
import type { Params } from '../params.ts';

/** An intent may be raised this often. */
const MOST_INCREMENTS = 10;

/**
 * Raises a hold to `amount`, where it was made with `request_incremental_authorization=if_available`.
 * Events: charge.updated, payment_intent.amount_capturable_updated.
 */
export function incrementAuthorization(
  account: Account,
  id: string,
  params: Params,
): Stripe.PaymentIntent {
  const row = getByPath(account, 'payment_intent', id);
  const { object, hidden } = row;
  if (object.status !== 'requires_capture') {
    throw refusedByState(
      `This PaymentIntent's authorization could not be incremented because it has a status of ${object.status}. Only a PaymentIntent with one of the following statuses may be incremented: requires_capture.`,
      { code: 'payment_intent_unexpected_state', payment_intent: structuredClone(object) },
    );
  }
  const charge = getByPath(account, 'charge', idOf(object.latest_charge) ?? '');
  const card = charge.object.payment_method_details?.card;
  const increments = hidden.increments ?? 0;
  if (card?.incremental_authorization?.status !== 'available' || object.amount_received > 0) {
    throw refusedByState(
      'This PaymentIntent is not eligible for incremental authorization: its hold was not made with `request_incremental_authorization`, or it was captured in part.',
      { code: 'payment_intent_invalid_parameter' },
    );
  }
  if (increments >= MOST_INCREMENTS) {
    throw refusedByState(
      'This PaymentIntent has been incremented 10 times: it cannot be raised again.',
    );
  }
  const amount = integer(params, 'amount');
  if (amount === undefined) throw missing('amount');
  checkAmount(amount, object.currency);
  if (amount <= object.amount) {
    throw invalidRequest(
      `The amount must be greater than the currently authorized amount (${String(object.amount)}).`,
      { param: 'amount' },
    );
  }
  const before = structuredClone(charge.object);
  object.amount = amount;
  object.amount_capturable = amount;
  object.description = clearable(params, 'description') ?? object.description;
  object.statement_descriptor =
    clearable(params, 'statement_descriptor') ?? object.statement_descriptor;
  object.metadata = mergeMetadata(params, object.metadata);
  hidden.increments = increments + 1;
  save(account, 'payment_intent', row);
  charge.object.amount = amount;
  card.amount_authorized = amount;
  if (card.overcapture !== undefined) card.overcapture.maximum_amount_capturable = amount;
  save(account, 'charge', charge);
  emitEvent(account, 'charge.updated', charge.object, before);
  emitEvent(account, 'payment_intent.amount_capturable_updated', object);
  return object;
}
