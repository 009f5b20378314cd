import type { StaffCharge } from '@onfile/payments/charging/charge-saved-method.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { OnFile } from './save-card.ts';

/** What a member of staff would send to charge what is on file: 10.99 USD unless changed. */
export function staffCharge(on: OnFile, change: Partial<StaffCharge> = {}): StaffCharge {
  return {
    chargeRequestId: newId('chargeRequest'),
    staffId: 'staff-1',
    customerId: on.customer.id,
    agreementId: on.agreementId,
    paymentMethodId: on.method.id,
    amount: '10.99',
    currency: 'usd',
    reason: 'No-show on Friday',
    goPastPaymentId: null,
    hold: null,
    ...change,
  };
}
