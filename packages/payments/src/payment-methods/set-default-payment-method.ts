import { lockCustomer, setDefaultMethod } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Makes a method the one that is offered first. Stripe keeps no default for payments of this kind;
 * it is ours alone.
 * @throws Refusal `not_found`
 */
export function setDefaultPaymentMethod(
  runtime: Runtime,
  choice: { customerId: string; paymentMethodId: string },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    await lockCustomer(tx, choice.customerId);
    const method = await findPaymentMethod(tx, choice.paymentMethodId);
    if (method?.customerId !== choice.customerId || method.status !== 'attached') {
      throw new Refusal('not_found', 'paymentMethodId');
    }
    await setDefaultMethod(tx, choice.customerId, method.id, runtime.clock.now());
  });
}
