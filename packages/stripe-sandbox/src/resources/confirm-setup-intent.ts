import type { Account } from '../context.ts';
import { declineError } from '../card-decline-error.ts';
import { decideCardStep } from '../decide-card-step.ts';
import type { BankAnswer } from '../decide-card-step.ts';
import type { DeclineName } from '../declines.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError, invalidRequest, refusedByState } from '../errors.ts';
import { save } from '../get-object.ts';
import { canBeSetUp, isDebitType, isRedirectType } from '../method-kinds.ts';
import { buildMicrodepositAction, buildNextAction, buildRedirectAction } from '../next-action.ts';
import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';
import { cardOf, keepOnCustomer, requireUsable } from './attach-payment-method.ts';
import { asksForChallenge } from './charge-details.ts';
import { keepGeneratedDebit } from './generate-sepa-debit.ts';
import { acceptanceFor, activateMandate, findMandate, mandateMissing } from './mandates.ts';
import type { MandateChoice } from './mandates.ts';
import { noteGeneratedDebit, recordSetupAttempt } from './setup-attempts.ts';

type SetupConfirmation = MandateChoice & {
  method: Row<'payment_method'>;
  /** Where a redirect challenge leads back to; null: the challenge runs in a frame. */
  returnUrl: string | null;
  challengePassed: boolean;
};

/**
 * Asks the bank about saving a method. Ends in `succeeded`, or in `requires_action` (a challenge, a
 * redirect, small deposits); a decline leaves `requires_payment_method` and throws the 402, which keeps
 * what was written. A bank account needs its owner's mandate, or 400.
 */
export function confirmSetupIntent(
  account: Account,
  intent: Row<'setup_intent'>,
  confirmation: SetupConfirmation,
): void {
  const { method } = confirmation;
  const { object } = intent;
  const { type } = method.object;
  requireUsable(method);
  const owner = ownerIdOf(method.object);
  if (owner !== null && owner !== ownerIdOf(object)) {
    throw refusedByState(
      `The payment method you provided (${method.object.id}) belongs to a Customer. Please include the Customer in the \`customer\` parameter of the SetupIntent.`,
      { param: 'payment_method' },
    );
  }
  object.last_setup_error = null;
  object.payment_method = method.object.id;
  if (isDebitType(type)) {
    setUpDebit(account, intent, confirmation);
    return;
  }
  const answer = isRedirectType(type)
    ? askElsewhere(type, confirmation)
    : askBank(intent, confirmation);
  if (answer.kind === 'declined') throw declineSetup(account, intent, confirmation, answer.name);
  if (!confirmation.challengePassed) chooseMandate(account, intent, confirmation);
  if (answer.kind === 'challenge') {
    object.next_action = isRedirectType(type)
      ? buildRedirectAction(account, object.id, confirmation.returnUrl)
      : buildNextAction(account, object.id, confirmation.returnUrl);
    requireAction(account, intent, method);
    return;
  }
  if (confirmation.challengePassed) method.hidden.authenticated = true;
  save(account, 'payment_method', method);
  finishSetup(account, intent, method, confirmation.challengePassed);
}

function askBank(intent: Row<'setup_intent'>, confirmation: SetupConfirmation): BankAnswer {
  const { method, challengePassed } = confirmation;
  const card = cardOf(method);
  if (card.setup === 'incorrect_cvc' && method.object.card?.checks?.cvc_check === null) {
    return { kind: 'approved' };
  }
  const answer = decideCardStep(card.setup, {
    challengePassed,
    authenticated: method.hidden.authenticated,
    saved: false,
  });
  const asked = card.threeDSecure === 'enrolled' && asksForChallenge(intent.object);
  return answer.kind === 'approved' && asked && !challengePassed ? { kind: 'challenge' } : answer;
}

function askElsewhere(type: string, { challengePassed }: SetupConfirmation): BankAnswer {
  if (!canBeSetUp(type)) {
    throw invalidRequest(`The payment method type \`${type}\` cannot be used with SetupIntents.`, {
      code: 'payment_method_unsupported_type',
      param: 'payment_method',
    });
  }
  return { kind: challengePassed ? 'approved' : 'challenge' };
}

/** A card's mandate, where the confirm brought one. */
function chooseMandate(
  account: Account,
  intent: Row<'setup_intent'>,
  confirmation: SetupConfirmation,
): void {
  intent.hidden.mandate = confirmation.acceptance
    ? (findMandate(account, confirmation.method, { ...confirmation, singleUse: null })?.object.id ??
      null)
    : null;
}

function setUpDebit(
  account: Account,
  intent: Row<'setup_intent'>,
  confirmation: SetupConfirmation,
): void {
  const { object, hidden } = intent;
  const { method } = confirmation;
  const mandate = findMandate(account, method, {
    acceptance: acceptanceFor(account, hidden.sessionId, confirmation),
    mandateId: confirmation.mandateId ?? null,
    singleUse: null,
  });
  if (mandate === undefined) {
    object.status = 'requires_confirmation';
    save(account, 'setup_intent', intent);
    throw mandateMissing('SetupIntent', object);
  }
  hidden.mandate = mandate.object.id;
  object.mandate = mandate.object.id;
  if (method.hidden.verified !== true) {
    object.next_action = buildMicrodepositAction(account, object);
    requireAction(account, intent, method);
    return;
  }
  finishSetup(account, intent, method, false);
}

function requireAction(
  account: Account,
  intent: Row<'setup_intent'>,
  method: Row<'payment_method'>,
): void {
  intent.object.status = 'requires_action';
  recordSetupAttempt(account, intent, method, 'requires_action');
  save(account, 'setup_intent', intent);
  emitEvent(account, 'setup_intent.requires_action', intent.object);
}

/** The method is set up: attached where there is a customer, its mandate in force. */
export function finishSetup(
  account: Account,
  intent: Row<'setup_intent'>,
  method: Row<'payment_method'>,
  continued: boolean,
): void {
  const { object, hidden } = intent;
  const customer = ownerIdOf(object);
  const generated = isRedirectType(method.object.type)
    ? keepGeneratedDebit(account, method, customer)
    : null;
  if (generated === null && customer !== null) keepOnCustomer(account, method, customer);
  object.status = 'succeeded';
  object.next_action = null;
  if (typeof hidden.mandate === 'string') {
    object.mandate = hidden.mandate;
    activateMandate(account, hidden.mandate, method);
  }
  recordSetupAttempt(account, intent, method, 'succeeded', null, continued);
  if (generated !== null) noteGeneratedDebit(account, intent, generated);
  save(account, 'setup_intent', intent);
  emitEvent(account, 'setup_intent.succeeded', object);
}

function declineSetup(
  account: Account,
  intent: Row<'setup_intent'>,
  { method, challengePassed }: SetupConfirmation,
  name: DeclineName,
): SandboxError {
  const { object } = intent;
  const error = declineError(name, method.object, null);
  object.status = 'requires_payment_method';
  object.payment_method = null;
  object.next_action = null;
  object.last_setup_error = error;
  recordSetupAttempt(account, intent, method, 'failed', error, challengePassed);
  save(account, 'setup_intent', intent);
  emitEvent(account, 'setup_intent.setup_failed', object);
  const body = { ...error, setup_intent: structuredClone(object) };
  return new SandboxError(402, body, 'outcome');
}
