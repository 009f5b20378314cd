import type { Row, Tx } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import type { Runtime } from '../runtime.ts';
import { changeOwedPayment } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';

/**
 * Staff stop an amount from being charged by itself until they let it go on. Its shopper can still pay it.
 * @throws Refusal `reason_missing`, `not_found`, `payment_being_charged`, `payment_settled`
 */
export function pausePayment(runtime: Runtime, ask: StaffAsk): Promise<Row<'payments'>> {
  return changeOwedPayment(runtime, ask, async (tx, payment) => {
    if (payment.pausedAt !== null) return null;
    await writePause(tx, runtime, payment.id);
    return { action: 'payment.paused' };
  });
}

/** From here on no worker charges it. */
export async function writePause(
  tx: Tx,
  { clock }: Pick<Runtime, 'clock'>,
  paymentId: string,
): Promise<void> {
  await updatePayment(tx, paymentId, { pausedAt: clock.now(), updatedAt: clock.now() });
}
