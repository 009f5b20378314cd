import type { Account } from '../context.ts';
import { overriddenAnswer } from '../bank-overrides.ts';
import { declineError } from '../card-decline-error.ts';
import { decideCardStep } from '../decide-card-step.ts';
import type { BankAnswer } from '../decide-card-step.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError, invalidRequest, refusedByState } from '../errors.ts';
import { save } from '../get-object.ts';
import { isDebitType, isRedirectType, takesCurrency } from '../method-kinds.ts';
import { buildNextAction, buildRedirectAction } from '../next-action.ts';
import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';
import { approvePayment, cardMandate, requireAction } from './approve-payment.ts';
import { cardOf, requireUsable } from './attach-payment-method.ts';
import { makeCharge } from './build-charge.ts';
import { asksForChallenge } from './charge-details.ts';
import { futureUsageOf, isHold } from './intent-options.ts';
import type { MandateChoice } from './mandates.ts';
import { submitDebit } from './submit-debit.ts';

export type PaymentConfirmation = MandateChoice & {
  method: Row<'payment_method'>;
  offSession: boolean;
  /** Where a redirect challenge leads back to; null: the challenge runs in a frame. */
  returnUrl: string | null;
  challengePassed: boolean;
  /** Decline instead of asking the shopper: there is no page to ask on. */
  errorOnRequiresAction: boolean;
  /** Taken by mail or telephone: no bank asks for 3DS. */
  moto?: boolean;
};

/**
 * Tries to collect a payment (stripe.md 4.3). Ends in `succeeded`, `requires_capture`, `processing`
 * (debits) or `requires_action`; a decline leaves `requires_payment_method` and throws the 402 that
 * carries the whole intent and method, and keeps what was written.
 */
export function confirmPaymentIntent(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
): void {
  const { method } = confirmation;
  const { object } = intent;
  const { type } = method.object;
  if (confirmation.offSession && futureUsageOf(object, type) !== null) {
    throw refusedByState(
      'You cannot confirm with the `off_session` parameter when `setup_future_usage` is also set on the PaymentIntent because you cannot set up future usages when processing payments off-session.',
      { code: 'payment_intent_invalid_parameter', param: 'off_session' },
    );
  }
  requireUsable(method);
  requireSameCustomer(intent, method);
  requireFitting(intent, type);
  object.last_payment_error = null;
  if (isDebitType(type)) {
    submitDebit(account, intent, confirmation);
    return;
  }
  if (isRedirectType(type)) {
    redirectOrApprove(account, intent, confirmation);
    return;
  }
  const answer = overriddenAnswer(account, confirmation) ?? askBank(intent, confirmation);
  if (answer.kind === 'declined') throw decline(account, intent, confirmation, answer);
  object.payment_method = method.object.id;
  if (!confirmation.challengePassed) {
    intent.hidden.mandate = cardMandate(account, intent, confirmation);
  }
  if (answer.kind === 'challenge') {
    object.next_action = buildNextAction(account, object.id, confirmation.returnUrl);
    requireAction(account, intent);
    return;
  }
  approvePayment(account, intent, confirmation);
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

/** Bank debits and redirects have currencies of their own, and nothing can be held with them. */
function requireFitting({ object }: Row<'payment_intent'>, type: string): void {
  if (!takesCurrency(type, object.currency)) {
    throw invalidRequest(
      `The payment method \`${type}\` does not support the currency \`${object.currency}\`.`,
      { code: 'payment_intent_incompatible_payment_method', param: 'payment_method' },
    );
  }
  if (type === 'card' && object.statement_descriptor !== null) {
    throw invalidRequest(
      'You cannot use `statement_descriptor` with a card: use `statement_descriptor_suffix`.',
      { code: 'payment_intent_invalid_parameter', param: 'statement_descriptor' },
    );
  }
  if (type !== 'card' && isHold(object, type)) {
    throw invalidRequest(
      `The payment method type \`${type}\` cannot be used with the capture method \`manual\`.`,
      { code: 'payment_intent_incompatible_payment_method', param: 'capture_method' },
    );
  }
}

function redirectOrApprove(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
): void {
  const { object } = intent;
  object.payment_method = confirmation.method.object.id;
  intent.hidden.mandate = null;
  if (confirmation.challengePassed) {
    approvePayment(account, intent, confirmation);
    return;
  }
  if (confirmation.offSession) {
    throw invalidRequest(
      `The payment method type \`${confirmation.method.object.type}\` cannot be charged while the customer is away.`,
      { code: 'payment_intent_incompatible_payment_method', param: 'off_session' },
    );
  }
  object.next_action = buildRedirectAction(account, object.id, confirmation.returnUrl);
  requireAction(account, intent);
}

function askBank(intent: Row<'payment_intent'>, confirmation: PaymentConfirmation): BankAnswer {
  const { method, offSession, challengePassed, moto } = confirmation;
  const card = cardOf(method);
  const step = offSession ? card.offSession : card.onSession;
  // Without a security code there is none that could be wrong.
  if (step === 'incorrect_cvc' && method.object.card?.checks?.cvc_check === null) {
    return { kind: 'approved' };
  }
  const answer = decideCardStep(step, {
    challengePassed,
    authenticated: method.hidden.authenticated,
    saved: ownerIdOf(method.object) !== null,
  });
  const asked =
    answer.kind === 'approved' &&
    !offSession &&
    !challengePassed &&
    card.threeDSecure === 'enrolled' &&
    asksForChallenge(intent.object);
  if (answer.kind !== 'challenge' && !asked) return answer;
  if (moto === true) return { kind: 'approved' };
  return confirmation.errorOnRequiresAction
    ? { kind: 'declined', name: 'authentication_not_handled' }
    : { kind: 'challenge' };
}

function decline(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
  { name, codes = {} }: Extract<BankAnswer, { kind: 'declined' }>,
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
          codes,
          offSession: confirmation.offSession,
          challengePassed: confirmation.challengePassed,
        });
  const error = declineError(name, method.object, charge?.id ?? null, codes);
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
