import type { Row } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { giveUpPayment } from '../state/give-up-payment.ts';
import { changeOwedPayment } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';

/**
 * Staff give an amount up: nobody tries to collect it any more. It stays owed on paper, and its shopper can
 * still pay it by link. One that is not due yet is canceled, not written off.
 * @throws Refusal `payment_not_due`, `reason_missing`, `not_found`, `payment_being_charged`,
 *   `payment_settled`
 */
export function writeOffPayment(runtime: Runtime, ask: StaffAsk): Promise<Row<'payments'>> {
  return changeOwedPayment(runtime, ask, async (tx, payment) => {
    if (payment.dueAt > runtime.clock.now()) throw new Refusal('payment_not_due');
    const { id } = payment;
    await giveUpPayment(tx, runtime, payment, {
      actor: { kind: 'staff', id: ask.staffId },
      reason: 'written_off',
    });
    await updatePayment(tx, id, { nextStepReason: 'written_off' });
    return { action: 'payment.written_off' };
  });
}
