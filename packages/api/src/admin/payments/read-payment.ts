import type { PaymentLine } from '@onfile/db/views/payment-pages.ts';
import { listPayments } from '@onfile/db/views/payment-pages.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

/** One payment's line. @throws Refusal `not_found` at `paymentId` */
export async function readPayment(db: Runtime['db'], paymentId: string): Promise<PaymentLine> {
  const [payment] = await listPayments(db, { paymentId, limit: 1 });
  if (!payment) throw new Refusal('not_found', 'paymentId');
  return payment;
}
