import Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer, setDefaultMethod } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod, setPaymentMethodStatus } from '@onfile/db/tables/payment-methods.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import { canStandIn } from './can-stand-in.ts';
import { isMethodInUse } from './is-method-in-use.ts';
import { leaveWithoutMethod } from './leave-without-method.ts';
import { findDependants, repoint } from './replace-payment-method.ts';
import { tellRemoved } from './tell-removed.ts';

/**
 * A shopper removes a method: from that moment nothing can charge it here, and it is detached at
 * Stripe, by the worker if need be (`detaching` until Stripe has confirmed). Detaching cannot be
 * undone. What depends on it moves to the replacement; without one it waits for a method, and both
 * sides are told.
 * @throws Refusal `not_found` (also for somebody else's), `payment_method_in_use` while a charge
 *   with it is under way or money is held, `replacement_not_usable`, `stripe_refused` when Stripe
 *   will not let it go
 */
export async function detachPaymentMethod(
  runtime: Runtime,
  removal: {
    customerId: string;
    paymentMethodId: string;
    replacementId?: string | null;
    /** Left out: the shopper. */
    by?: Actor;
  },
): Promise<'detached' | 'detaching'> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    // Charges take the same lock, so none begins between this check and the change.
    const customer = await lockCustomer(tx, removal.customerId);
    const method = await findPaymentMethod(tx, removal.paymentMethodId);
    if (!customer || method?.customerId !== customer.id) {
      throw new Refusal('not_found', 'paymentMethodId');
    }
    if (method.status === 'detached') return null;
    if (method.status === 'attached') {
      if (await isMethodInUse(tx, method.id)) throw new Refusal('payment_method_in_use');
      await moveDependants(tx, runtime, { customer, method, removal });
      await setPaymentMethodStatus(tx, method.id, 'detaching', runtime.clock.now());
      await audit(tx, runtime.clock, {
        actor: removal.by ?? { kind: 'shopper', id: customer.id },
        action: 'payment_method.removal_requested',
        subject: { kind: 'payment_method', id: method.id },
        details: { replacement: removal.replacementId ?? null },
      });
    }
    return beginOperation(tx, runtime.clock, {
      kind: 'detach_payment_method',
      subjectId: method.id,
      request: { stripePaymentMethodId: method.stripePaymentMethodId },
    });
  });
  if (!operation || operation.status === 'done') return 'detached';
  try {
    await finishDetach(runtime, operation);
    return 'detached';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'stripe_unavailable') return 'detaching';
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    await setPaymentMethodStatus(runtime.db, operation.subjectId, 'attached', runtime.clock.now());
    throw new Refusal('stripe_refused');
  }
}

async function moveDependants(
  tx: Tx,
  runtime: Runtime,
  move: {
    customer: Row<'customers'>;
    method: Row<'paymentMethods'>;
    removal: { replacementId?: string | null };
  },
): Promise<void> {
  const { customer, method } = move;
  const dependants = await findDependants(tx, method.id);
  const { replacementId } = move.removal;
  if (!replacementId) {
    if (customer.defaultPaymentMethodId === method.id) {
      await setDefaultMethod(tx, customer.id, null, runtime.clock.now());
    }
    await leaveWithoutMethod(tx, runtime, { customer, method, payments: dependants.payments });
    return;
  }
  const to = await findPaymentMethod(tx, replacementId);
  const isOther = to?.customerId === customer.id && to.status === 'attached' && to.id !== method.id;
  if (!isOther || !canStandIn(to, dependants))
    throw new Refusal('replacement_not_usable', 'replacementId');
  const actor = { kind: 'shopper' as const, id: customer.id };
  await repoint(tx, runtime, { customer, from: method, to, dependants, addedBy: 'shopper', actor });
}

/** Makes the call and writes its answer; also what the worker does after a crash. */
export async function finishDetach(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  await performOperation(
    runtime,
    operation,
    async (request: { stripePaymentMethodId: string }, options) => {
      try {
        await runtime.stripe.paymentMethods.detach(request.stripePaymentMethodId, {}, options);
      } catch (error) {
        // Stripe answers 400 without a code for a method that is detached already: ask, then know.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        if (error.code === 'resource_missing') return;
        const now = await runtime.stripe.paymentMethods.retrieve(request.stripePaymentMethodId);
        if (stripeOwnerOf(now) !== null) throw error;
      }
    },
  );
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await endOperation(tx, operation.id, { status: 'done', now });
    const isNews = await setPaymentMethodStatus(tx, operation.subjectId, 'detached', now);
    if (!isNews) return;
    await tellRemoved(tx, runtime, operation.subjectId);
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'payment_method.detached',
      subject: { kind: 'payment_method', id: operation.subjectId },
    });
  });
}
