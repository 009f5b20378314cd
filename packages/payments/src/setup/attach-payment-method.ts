import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { ensureStripeOwner } from '../customers/ensure-stripe-owner.ts';
import { getCustomer } from '../customers/get-customer.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import { holdSession } from './hold-session.ts';
import { keepSetUpMethod, noteProblem } from './keep-set-up-method.ts';
import type { SetupState } from './setup-state.ts';
import { settledState } from './setup-state.ts';

/** The call, as it is written down before it is made. */
interface AttachRequest {
  stripePaymentMethodId: string;
  owner: StripeOwner;
  mandateId: string | null;
}

/**
 * Attaches a method that was set up while there was no customer, once: the webhook and the return
 * page come to the same operation. The customer at Stripe is made first where there is none.
 * @throws Refusal `stripe_unavailable` when Stripe's answer is missing; the worker finishes it
 */
export async function attachSetUpMethod(
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
  setUp: { stripePaymentMethodId: string; mandateId: string | null; actor: Actor },
): Promise<SetupState> {
  const settled = settledState(row);
  if (settled) return settled;
  const { actor, ...method } = setUp;
  const customer = await getCustomer(runtime.db, row.customerId);
  const owner = await ensureStripeOwner(runtime, customer);
  const request: AttachRequest = { ...method, owner };
  const operation = await inTransaction(runtime.db, async (tx) => {
    const { session } = await holdSession(tx, row.id);
    if (settledState(session)) return null;
    return beginOperation(tx, runtime.clock, {
      kind: 'attach_payment_method',
      subjectId: row.id,
      request,
    });
  });
  if (!operation || operation.status === 'done') return stateNow(runtime, row.id);
  return finishAttach(runtime, operation, actor);
}

/** What the worker does when the process that began to attach has died. */
export async function resumeAttach(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  await finishAttach(runtime, operation, { kind: 'worker' });
}

async function finishAttach(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  actor: Actor,
): Promise<SetupState> {
  const sessionId = operation.subjectId;
  const { stripePaymentMethodId, mandateId } = JSON.parse(operation.request) as AttachRequest;
  const method = await attach(runtime, operation);
  const now = runtime.clock.now();
  return inTransaction(runtime.db, async (tx) => {
    if (typeof method === 'string') {
      await endOperation(tx, operation.id, { status: 'refused', errorCode: method, now });
      return noteProblem(tx, runtime, sessionId, { problem: method, stripePaymentMethodId, actor });
    }
    await endOperation(tx, operation.id, { status: 'done', now });
    return keepSetUpMethod(tx, runtime, sessionId, {
      method,
      stripeIntentId: null,
      mandateId,
      actor,
    });
  });
}

/**
 * Makes the call. Stripe answers 400 without a code for a method that is attached already: then it
 * is asked to whom. The same customer is success.
 */
async function attach(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<Stripe.PaymentMethod | 'method_of_another' | 'attach_refused'> {
  const { paymentMethods } = runtime.stripe;
  try {
    return await performOperation(runtime, operation, async (request: AttachRequest, options) => {
      const { stripePaymentMethodId: id, owner } = request;
      try {
        return await paymentMethods.attach(id, owner, options);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        const now = await paymentMethods.retrieve(id);
        const ownerId = stripeOwnerOf(now);
        if (ownerId === null) throw error;
        const isOurs = Object.values(owner).includes(ownerId);
        return isOurs ? now : 'method_of_another';
      }
    });
  } catch (error) {
    const isNo = error instanceof Stripe.errors.StripeError;
    if (!isNo) throw error;
    return 'attach_refused';
  }
}

async function stateNow(runtime: Runtime, sessionId: string): Promise<SetupState> {
  const row = await findCheckoutSession(runtime.db, sessionId);
  return (row && settledState(row)) ?? { state: 'waiting' };
}
