import type { Row } from '@onfile/db/database.ts';
import { insertPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { planNextStep } from '@onfile/payments/charging/plan-next-step.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** An amount that falls due in some days, to be charged to what is on file: 45.00 USD in ten days. */
export function scheduleBalance(
  runtime: Runtime,
  on: { customer: { id: string }; method: { id: string }; agreementId: string },
  given: { amountMinor?: number; currency?: string; inDays?: number; reason?: string } = {},
): Promise<Row<'payments'>> {
  const now = runtime.clock.now();
  const id = newId('payment');
  return inTransaction(runtime.db, async (tx) => {
    await insertPayment(tx, {
      id,
      customerId: on.customer.id,
      agreementId: on.agreementId,
      paymentMethodId: on.method.id,
      kind: 'balance',
      amountMinor: given.amountMinor ?? 4_500,
      currency: given.currency ?? 'usd',
      reason: given.reason ?? 'Balance of order 1001',
      status: 'scheduled',
      dueAt: now + (given.inDays ?? 10) * dayMs,
      createdAt: now,
      updatedAt: now,
    });
    return planNextStep(tx, runtime, id);
  });
}
