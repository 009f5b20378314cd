import type { Row } from '@onfile/db/database.ts';
import { lockCustomer, setDefaultMethod } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod, setPaymentMethodStatus } from '@onfile/db/tables/payment-methods.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { leaveWithoutMethod } from './leave-without-method.ts';
import { findDependants } from './replace-payment-method.ts';
import { tellRemoved } from './tell-removed.ts';

/**
 * A method is no longer attached at Stripe: it is gone here too. When it was removed elsewhere (in
 * Checkout, in the Dashboard) nothing has taken its place, so what needs it waits, and both sides
 * are told.
 */
export function settleDetached(
  runtime: Runtime,
  known: Row<'paymentMethods'>,
  eventId: string,
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const customer = await lockCustomer(tx, known.customerId);
    const method = await findPaymentMethod(tx, known.id);
    if (!customer || !method) throw new Error(`payment method ${known.id} is gone`);
    const now = runtime.clock.now();
    if (method.status === 'attached') {
      const { payments } = await findDependants(tx, method.id);
      await leaveWithoutMethod(tx, runtime, { customer, method, payments });
      if (customer.defaultPaymentMethodId === method.id) {
        await setDefaultMethod(tx, customer.id, null, now);
      }
    }
    const isNews = await setPaymentMethodStatus(tx, method.id, 'detached', now);
    if (!isNews) return;
    await tellRemoved(tx, runtime, method.id);
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'payment_method.detached',
      subject: { kind: 'payment_method', id: method.id },
      details: { event: eventId },
    });
  });
}
