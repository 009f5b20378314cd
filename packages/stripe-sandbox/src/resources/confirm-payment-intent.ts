import type { Account } from '../context.ts';
import { declineError } from '../card-decline-error.ts';
import { decideCardStep } from '../decide-card-step.ts';
import type { BankAnswer } from '../decide-card-step.ts';
import type { DeclineName } from '../declines.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError, refusedByState } from '../errors.ts';
import { save } from '../get-object.ts';
import { ownerIdOf } from '../owner.ts';
import { buildNextAction } from '../next-action.ts';
import type { Row } from '../stored-objects.ts';
import { cardOf, keepOnCustomer, requireUsable } from './attach-payment-method.ts';
import { makeCharge } from './build-charge.ts';

type PaymentConfirmation = {
  method: Row<'payment_method'>;
  offSession: boolean;
  /** Where a redirect challenge leads back to; null: the challenge runs in a frame. */
  returnUrl: string | null;
  challengePassed: boolean;
  /** Decline instead of asking the shopper: there is no page to ask on. */
  errorOnRequiresAction: boolean;
};

/**
 * Tries to collect a payment (stripe.md 4.3). Ends in `succeeded`, `requires_capture` or
 * `requires_action`; a decline leaves `requires_payment_method` and throws the 402 that carries the
 * whole intent and method, and keeps what was written.
 */
export function confirmPaymentIntent(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
): void {
  const { method } = confirmation;
  const { object } = intent;
  if (confirmation.offSession && object.setup_future_usage !== null) {
    throw refusedByState(
      'You cannot confirm with the `off_session` parameter when `setup_future_usage` is also set on the PaymentIntent because you cannot set up future usages when processing payments off-session.',
      { code: 'payment_intent_invalid_parameter', param: 'off_session' },
    );
  }
  requireUsable(method);
  requireSameCustomer(intent, method);
  const answer = askBank(confirmation);
  if (answer.kind === 'declined') throw decline(account, intent, confirmation, answer.name);
  object.payment_method = method.object.id;
  object.last_payment_error = null;
  if (answer.kind === 'challenge') {
    object.status = 'requires_action';
    object.next_action = buildNextAction(account, object.id, confirmation.returnUrl);
    save(account, 'payment_intent', intent);
    emitEvent(account, 'payment_intent.requires_action', object);
    return;
  }
  approve(account, intent, confirmation);
}

/** A method that belongs to a customer is charged only under that customer. */
function requireSameCustomer(intent: Row<'payment_intent'>, method: Row<'payment_method'>): void {
  const owner = ownerIdOf(method.object);
  if (owner === null || owner === ownerIdOf(intent.object)) return;
  throw refusedByState(
    `The payment method you provided (${method.object.id}) belongs to Customer ${owner}. Please include the Customer in the \`customer\` parameter of the PaymentIntent.`,
    { param: 'payment_method' },
  );
}

function askBank(confirmation: PaymentConfirmation): BankAnswer {
  const card = cardOf(confirmation.method);
  const answer = decideCardStep(confirmation.offSession ? card.offSession : card.onSession, {
    challengePassed: confirmation.challengePassed,
    authenticated: confirmation.method.hidden.authenticated,
  });
  return answer.kind === 'challenge' && confirmation.errorOnRequiresAction
    ? { kind: 'declined', name: 'authentication_not_handled' }
    : answer;
}

function approve(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
): void {
  const { object } = intent;
  const { method } = confirmation;
  const charge = makeCharge(account, {
    intent: object,
    method,
    declined: null,
    offSession: confirmation.offSession,
    challengePassed: confirmation.challengePassed,
  });
  const manual = object.capture_method === 'manual';
  object.status = manual ? 'requires_capture' : 'succeeded';
  object.amount_capturable = manual ? object.amount : 0;
  object.amount_received = manual ? 0 : object.amount;
  object.latest_charge = charge.id;
  object.next_action = null;
  intent.hidden.captureBefore = charge.payment_method_details?.card?.capture_before ?? null;
  save(account, 'payment_intent', intent);
  settleMethod(account, intent, confirmation);
  emitEvent(account, 'charge.succeeded', charge);
  emitEvent(
    account,
    manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded',
    object,
  );
}

/** Saved when the intent says so; used up when it belongs to nobody (stripe.md 4.6). */
function settleMethod(
  account: Account,
  intent: Row<'payment_intent'>,
  { method, challengePassed }: PaymentConfirmation,
): void {
  const saving = intent.object.setup_future_usage !== null || intent.hidden.saveToCustomer;
  const customer = ownerIdOf(intent.object);
  if (saving && challengePassed) method.hidden.authenticated = true;
  if (ownerIdOf(method.object) === null && !saving) method.hidden.spent = true;
  save(account, 'payment_method', method);
  if (saving && customer !== null) keepOnCustomer(account, method, customer);
}

function decline(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
  name: DeclineName,
): SandboxError {
  const { object } = intent;
  const { method } = confirmation;
  // Nothing was sent to the bank when only the missing page stood in the way.
  const charge =
    name === 'authentication_not_handled'
      ? null
      : makeCharge(account, {
          intent: object,
          method,
          declined: name,
          offSession: confirmation.offSession,
          challengePassed: confirmation.challengePassed,
        });
  const error = declineError(name, method.object, charge?.id ?? null);
  object.status = 'requires_payment_method';
  object.payment_method = null;
  object.next_action = null;
  object.last_payment_error = error;
  if (charge !== null) object.latest_charge = charge.id;
  save(account, 'payment_intent', intent);
  if (charge !== null) emitEvent(account, 'charge.failed', charge);
  emitEvent(account, 'payment_intent.payment_failed', object);
  const body = { ...error, payment_intent: structuredClone(object) };
  return new SandboxError(402, body, 'outcome');
}
