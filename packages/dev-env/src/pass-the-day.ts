import { updateOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments, updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { planNextStep } from '@onfile/payments/charging/plan-next-step.ts';
import type { Constellation } from './constellation.ts';
import { withRuntime } from './with-runtime.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The day of an order comes to pass: the event was yesterday, and what was to fall due is due now. */
export async function passTheDay(onfile: Constellation, orderId: string): Promise<void> {
  await withRuntime(onfile, (runtime) =>
    inTransaction(runtime.db, async (tx) => {
      const now = runtime.clock.now();
      await updateOrder(tx, { id: orderId, change: { eventAt: now - dayMs } });
      for (const { id, status } of await listOrderPayments(tx, orderId)) {
        if (status !== 'scheduled') continue;
        await updatePayment(tx, id, { dueAt: now });
        await planNextStep(tx, runtime, id);
      }
    }),
  );
}
