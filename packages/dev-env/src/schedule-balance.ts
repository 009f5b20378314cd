import type { Row, Tx } from '@onfile/db/database.ts';
import type { HoldEnd } from '@onfile/db/payments.ts';
import { insertPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { planNextStep } from '@onfile/payments/charging/plan-next-step.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Whose card, and under which agreement. */
interface On {
  customer: { id: string };
  method: { id: string };
  agreementId: string;
}

interface Amount {
  /** A hold has an end that was chosen for it; without it, a balance. */
  holdEnd?: HoldEnd;
  amountMinor: number;
  currency: string;
  reason: string;
  dueAt: number;
}

/** Writes down an amount that falls due, to be charged to, or held on, what is on file. */
export async function oweLater(
  tx: Tx,
  runtime: Runtime,
  on: On,
  amount: Amount,
): Promise<Row<'payments'>> {
  const now = runtime.clock.now();
  const id = newId('payment');
  await insertPayment(tx, {
    ...amount,
    id,
    customerId: on.customer.id,
    agreementId: on.agreementId,
    paymentMethodId: on.method.id,
    kind: amount.holdEnd ? 'hold' : 'balance',
    status: 'scheduled',
    createdAt: now,
    updatedAt: now,
  });
  return planNextStep(tx, runtime, id);
}

/** A balance that falls due in some days: 45.00 USD in ten days. */
export function scheduleBalance(
  runtime: Runtime,
  on: On,
  given: { amountMinor?: number; currency?: string; inDays?: number; reason?: string } = {},
): Promise<Row<'payments'>> {
  return inTransaction(runtime.db, (tx) =>
    oweLater(tx, runtime, on, {
      amountMinor: given.amountMinor ?? 4_500,
      currency: given.currency ?? 'usd',
      reason: given.reason ?? 'Balance of order 1001',
      dueAt: runtime.clock.now() + (given.inDays ?? 10) * dayMs,
    }),
  );
}
