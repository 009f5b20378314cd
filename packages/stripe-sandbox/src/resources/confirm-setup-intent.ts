import type { Account } from '../context.ts';
import { declineError } from '../card-decline-error.ts';
import { decideCardStep } from '../decide-card-step.ts';
import type { DeclineName } from '../declines.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError, refusedByState } from '../errors.ts';
import { save } from '../get-object.ts';
import { buildNextAction } from '../next-action.ts';
import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';
import { cardOf, keepOnCustomer, requireUsable } from './attach-payment-method.ts';

type SetupConfirmation = {
  method: Row<'payment_method'>;
  /** Where a redirect challenge leads back to; null: the challenge runs in a frame. */
  returnUrl: string | null;
  challengePassed: boolean;
};

/**
 * Asks the bank about saving a card. Ends in `succeeded`, or in `requires_action`; a decline leaves
 * `requires_payment_method` and throws the 402, which keeps what was written.
 */
export function confirmSetupIntent(
  account: Account,
  intent: Row<'setup_intent'>,
  confirmation: SetupConfirmation,
): void {
  const { method } = confirmation;
  const { object } = intent;
  requireUsable(method);
  const owner = ownerIdOf(method.object);
  const customer = ownerIdOf(object);
  if (owner !== null && owner !== customer) {
    throw refusedByState(
      `The payment method you provided (${method.object.id}) belongs to a Customer. Please include the Customer in the \`customer\` parameter of the SetupIntent.`,
      { param: 'payment_method' },
    );
  }
  const answer = decideCardStep(cardOf(method).setup, {
    challengePassed: confirmation.challengePassed,
    authenticated: method.hidden.authenticated,
  });
  if (answer.kind === 'declined') throw declineSetup(account, intent, method, answer.name);
  object.payment_method = method.object.id;
  object.last_setup_error = null;
  if (answer.kind === 'challenge') {
    object.status = 'requires_action';
    object.next_action = buildNextAction(account, object.id, confirmation.returnUrl);
    save(account, 'setup_intent', intent);
    emitEvent(account, 'setup_intent.requires_action', object);
    return;
  }
  if (confirmation.challengePassed) {
    method.hidden.authenticated = true;
    save(account, 'payment_method', method);
  }
  if (customer !== null) keepOnCustomer(account, method, customer);
  object.status = 'succeeded';
  object.next_action = null;
  save(account, 'setup_intent', intent);
  emitEvent(account, 'setup_intent.succeeded', object);
}

function declineSetup(
  account: Account,
  intent: Row<'setup_intent'>,
  method: Row<'payment_method'>,
  name: DeclineName,
): SandboxError {
  const { object } = intent;
  const error = declineError(name, method.object, null);
  object.status = 'requires_payment_method';
  object.payment_method = null;
  object.next_action = null;
  object.last_setup_error = error;
  save(account, 'setup_intent', intent);
  emitEvent(account, 'setup_intent.setup_failed', object);
  const body = { ...error, setup_intent: structuredClone(object) };
  return new SandboxError(402, body, 'outcome');
}
