import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { decideCardStep } from '../decide-card-step.ts';
import { declineFields } from '../declines.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError, cardError, refusedByState } from '../errors.ts';
import { save } from '../get-object.ts';
import { ownerFields, ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';
import { findTestCard } from '../test-cards.ts';
import type { TestCard } from '../test-cards.ts';
import { changeDefaultMethod, defaultMethodOf } from './default-method.ts';

/** The test cards row that decides for a payment method. */
export function cardOf(method: Row<'payment_method'>): TestCard {
  const card = findTestCard(method.hidden.behaviour);
  if (card === undefined) throw new Error(`Unknown card behaviour ${method.hidden.behaviour}`);
  return card;
}

/** 400 when a method was detached or used up, or is another customer's. */
export function requireUsable(method: Row<'payment_method'>): void {
  if (!method.hidden.spent) return;
  throw refusedByState(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
  );
}

/** Puts a method on a customer without asking the bank: after a setup or a payment has gone well. */
export function keepOnCustomer(
  account: Account,
  method: Row<'payment_method'>,
  ownerId: string,
): void {
  if (ownerIdOf(method.object) === ownerId) return;
  Object.assign(method.object, ownerFields(ownerId));
  save(account, 'payment_method', method);
  emitEvent(account, 'payment_method.attached', method.object);
}

/** `POST /attach`: the bank is asked, and its always-declined cards are refused with 402. */
export function attachToCustomer(
  account: Account,
  method: Row<'payment_method'>,
  ownerId: string,
): Stripe.PaymentMethod {
  if (ownerIdOf(method.object) !== null) {
    throw refusedByState(
      'The payment method you provided has already been attached to a customer.',
    );
  }
  requireUsable(method);
  if (method.hidden.verified === false) {
    throw refusedByState(
      'This bank account must be verified before it can be attached to a customer: set it up with a SetupIntent.',
      { code: 'bank_account_unverified' },
    );
  }
  if (method.object.type !== 'card') {
    keepOnCustomer(account, method, ownerId);
    return method.object;
  }
  const answer = decideCardStep(cardOf(method).setup, {
    challengePassed: true,
    authenticated: false,
    saved: false,
  });
  if (answer.kind === 'declined') {
    const { message, ...fields } = declineFields(answer.name);
    // Nothing was attached or created: unlike a declined intent, this leaves no object behind.
    const { status, body } = cardError(message, fields);
    throw new SandboxError(status, body, 'execution');
  }
  keepOnCustomer(account, method, ownerId);
  return method.object;
}

/** Takes a method off its customer for good. */
export function detach(account: Account, method: Row<'payment_method'>): Stripe.PaymentMethod {
  const ownerId = ownerIdOf(method.object);
  if (ownerId === null) {
    throw refusedByState(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  if (defaultMethodOf(account, ownerId) === method.object.id) {
    changeDefaultMethod(account, ownerId, null);
  }
  const before = structuredClone(method.object);
  Object.assign(method.object, ownerFields(null));
  method.hidden.spent = true;
  save(account, 'payment_method', method);
  emitEvent(account, 'payment_method.detached', method.object, before);
  return method.object;
}
