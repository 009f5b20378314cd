import type { Tx } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Runtime } from '../runtime.ts';
import { nameMethod } from './name-method.ts';

/**
 * Tells the shopper that a method is gone, whoever removed it: one that they did not remove is news
 * to them. An entry that became part of another one is not gone.
 */
export async function tellRemoved(
  tx: Tx,
  runtime: Pick<Runtime, 'clock'>,
  paymentMethodId: string,
): Promise<void> {
  const method = await findPaymentMethod(tx, paymentMethodId);
  if (!method || method.mergedIntoId !== null) return;
  const customer = await findCustomer(tx, method.customerId);
  if (!customer) throw new Error(`customer ${method.customerId} is gone`);
  await queueMail(tx, runtime.clock, {
    kind: 'method_removed',
    about: method.id,
    to: customer.email,
    data: () => ({ method: nameMethod(method) }),
    customerId: customer.id,
  });
}
