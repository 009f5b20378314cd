import { newId } from '@onfile/payments/ids.ts';
import type { StaffRefund } from '@onfile/payments/refunds/refund-payment.ts';
import { chargeSavedMethod } from '@onfile/payments/charging/charge-saved-method.ts';
import type { StaffCharge } from '@onfile/payments/charging/charge-saved-method.ts';
import type { Row } from '@onfile/db/database.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { OnFile } from './save-card.ts';
import { saveCard } from './save-card.ts';
import { staffCharge } from './staff-charge.ts';

/** Saves a card of somebody known by a name and charges it: 10.99 USD unless changed. */
export async function payWith(
  test: { runtime: Runtime; sandbox: { url: string } },
  card: string,
  change: Partial<StaffCharge> & { name?: string } = {},
): Promise<{ on: OnFile; payment: Row<'payments'> }> {
  const { name = 'ada', ...charge } = change;
  const on = await saveCard(test, name, card);
  const answer = await chargeSavedMethod(test.runtime, staffCharge(on, charge));
  if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
  return { on, payment: answer.payment };
}

/** What a member of staff would send to give 4.00 of a payment back, unless changed. */
export function staffRefund(paymentId: string, change: Partial<StaffRefund> = {}): StaffRefund {
  return {
    refundRequestId: newId('refundRequest'),
    staffId: 'staff-1',
    paymentId,
    amount: '4.00',
    reason: 'requested_by_customer',
    note: 'The room was not ready',
    ...change,
  };
}
