import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findDispute } from '@onfile/db/tables/disputes.ts';
import { unfreezeMethod as unfreeze } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { planWaiting } from './freeze-method.ts';

/**
 * Staff have looked at a dispute and let its method be charged again; what waited for their word goes
 * on. Deciding twice is deciding once.
 * @throws Refusal `not_found`
 */
export function unfreezeMethod(
  runtime: Runtime,
  ask: { disputeId: string; staffId: string },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const dispute = await findDispute(tx, ask.disputeId);
    const id = dispute?.paymentMethodId;
    const found = id && (await findPaymentMethod(tx, id));
    if (!found) throw new Refusal('not_found', 'disputeId');
    await lockCustomer(tx, found.customerId);
    await unfreeze(tx, found, runtime.clock.now());
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'payment_method.unfrozen',
      subject: { kind: 'payment_method', id: found.id },
      details: { dispute: ask.disputeId },
    });
    await planWaiting(tx, runtime, found);
  });
}
