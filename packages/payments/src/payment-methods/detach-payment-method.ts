import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { methodHasOpenAttempt } from '@onfile/db/tables/attempts.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod, setPaymentMethodStatus } from '@onfile/db/tables/payment-methods.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';

/**
 * A shopper removes a method: from that moment nothing can charge it here, and it is detached at
 * Stripe, by the worker if need be (`detaching` until Stripe has confirmed). Detaching cannot be
 * undone.
 * @throws Refusal `not_found` (also for somebody else's), `payment_method_in_use` while a charge
 *   with it is under way, `stripe_refused` when Stripe will not let it go
 */
export async function detachPaymentMethod(
  runtime: Runtime,
  removal: { customerId: string; paymentMethodId: string },
): Promise<'detached' | 'detaching'> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    // Charges take the same lock, so none begins between this check and the change.
    await lockCustomer(tx, removal.customerId);
    const method = await findPaymentMethod(tx, removal.paymentMethodId);
    if (method?.customerId !== removal.customerId)
      throw new Refusal('not_found', 'paymentMethodId');
    if (method.status === 'detached') return null;
    if (await methodHasOpenAttempt(tx, method.id)) throw new Refusal('payment_method_in_use');
    if (method.status === 'attached') {
      await setPaymentMethodStatus(tx, method.id, 'detaching', runtime.clock.now());
      await audit(tx, runtime.clock, {
        actor: { kind: 'shopper', id: removal.customerId },
        action: 'payment_method.removal_requested',
        subject: { kind: 'payment_method', id: method.id },
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
        if (now.customer !== null) throw error;
      }
    },
  );
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await endOperation(tx, operation.id, { status: 'done', now });
    const isNews = await setPaymentMethodStatus(tx, operation.subjectId, 'detached', now);
    if (!isNews) return;
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'payment_method.detached',
      subject: { kind: 'payment_method', id: operation.subjectId },
    });
  });
}
