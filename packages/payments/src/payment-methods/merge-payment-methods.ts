import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import {
  listCustomersWithSpares,
  listSameCard,
  mergeInto,
} from '@onfile/db/tables/payment-methods.ts';
import { methodWaitsForStep } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { isMethodInUse } from './is-method-in-use.ts';
import { findDependants, repoint } from './replace-payment-method.ts';

/**
 * Finds cards that are on file twice and merges them: what could not be merged when it was saved,
 * because a charge was under way, is merged when that has ended.
 * @returns how many customers had spares
 */
export async function mergePaymentMethods(runtime: Runtime): Promise<number> {
  const customers = await listCustomersWithSpares(runtime.db, { limit: 20 });
  let merged = 0;
  for (const { customerId, fingerprint } of customers) {
    merged += await inTransaction(runtime.db, async (tx) => {
      await lockCustomer(tx, customerId);
      return mergeSameCard(tx, runtime, { customerId, fingerprint });
    });
  }
  return merged;
}

/**
 * Makes one card that was saved twice into one: the entry that was set up last survives, what
 * depends on the others moves to it, and they are detached by the worker. An entry with a charge
 * under way, a bank's step, a hold or a debit on its way is left alone for now. The customer's row must be held.
 * @returns how many entries were merged away
 */
export async function mergeSameCard(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  card: { customerId: string; fingerprint: string },
): Promise<number> {
  const [survivor, ...spares] = await listSameCard(tx, card);
  if (!survivor) return 0;
  let merged = 0;
  for (const spare of spares) {
    if (await isMethodInUse(tx, spare.id)) continue;
    if (await methodWaitsForStep(tx, spare.id)) continue;
    await mergeOne(tx, runtime, survivor, spare);
    merged += 1;
  }
  return merged;
}

async function mergeOne(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  survivor: Row<'paymentMethods'>,
  spare: Row<'paymentMethods'>,
): Promise<void> {
  const customer = await lockCustomer(tx, spare.customerId);
  if (!customer) throw new Error(`customer ${spare.customerId} is gone`);
  const dependants = await findDependants(tx, spare.id);
  await repoint(tx, runtime, {
    customer,
    from: spare,
    to: survivor,
    dependants,
    addedBy: 'merge',
    actor: { kind: 'worker' },
  });
  await mergeInto(tx, spare.id, survivor, runtime.clock.now());
  await audit(tx, runtime.clock, {
    actor: { kind: 'worker' },
    action: 'payment_method.merged',
    subject: { kind: 'payment_method', id: spare.id },
    details: { into: survivor.id },
  });
  await beginOperation(tx, runtime.clock, {
    kind: 'detach_payment_method',
    subjectId: spare.id,
    request: { stripePaymentMethodId: spare.stripePaymentMethodId },
    leaveToWorker: true,
  });
}
