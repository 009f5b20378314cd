import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isMethodInUse } from './is-method-in-use.ts';
import { findDependants } from './replace-payment-method.ts';
import type { Dependants } from './replace-payment-method.ts';

/**
 * What removing a method would come to, for its owner to decide: read, nothing is changed.
 * @throws Refusal `not_found`, also for somebody else's
 */
export async function getRemoval(
  runtime: Pick<Runtime, 'db'>,
  asked: { customerId: string; paymentMethodId: string },
): Promise<Dependants & { inUse: boolean }> {
  const { db } = runtime;
  const method = await findPaymentMethod(db, asked.paymentMethodId);
  if (method?.customerId !== asked.customerId || method.status === 'detached') {
    throw new Refusal('not_found', 'paymentMethodId');
  }
  const dependants = await findDependants(db, method.id);
  return { ...dependants, inUse: await isMethodInUse(db, method.id) };
}
