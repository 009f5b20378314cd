import type { Row } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import type { Runtime } from '../runtime.ts';
import { changeOwedPayment } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';

/**
 * Staff let a paused amount go on. One whose day has come in the meantime is charged at once.
 * @throws Refusal `reason_missing`, `not_found`, `payment_being_charged`, `payment_settled`
 */
export function resumePayment(runtime: Runtime, ask: StaffAsk): Promise<Row<'payments'>> {
  return changeOwedPayment(runtime, ask, async (tx, payment) => {
    if (payment.pausedAt === null) return null;
    const updatedAt = runtime.clock.now();
    await updatePayment(tx, payment.id, { pausedAt: null, updatedAt });
    return { action: 'payment.resumed' };
  });
}
