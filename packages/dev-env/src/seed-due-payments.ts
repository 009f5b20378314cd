import { insertPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { planNextStep } from '@onfile/payments/charging/plan-next-step.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { saveCard } from './save-card.ts';
import type { OnFile } from './save-card.ts';

/** Few enough for the cap of the demo's terms. */
const paymentsACustomer = 100;
const amountMinor = 100;
/** Written in one transaction. */
const batch = 100;

/**
 * Balances of 1.00 USD that fall due at an instant, of customers whose card is on file.
 * @returns their ids
 */
export async function seedDuePayments(
  test: { runtime: Runtime; sandbox: { url: string } },
  given: { count: number; dueAt: number },
): Promise<string[]> {
  const { runtime } = test;
  const onFile: OnFile[] = [];
  for (let at = 0; at < Math.ceil(given.count / paymentsACustomer); at += 1) {
    onFile.push(await saveCard(test, `due-${String(at)}`, '4242424242424242'));
  }
  const ids = Array.from({ length: given.count }, () => newId('payment'));
  for (let start = 0; start < ids.length; start += batch) {
    await inTransaction(runtime.db, async (tx) => {
      for (const [offset, id] of ids.slice(start, start + batch).entries()) {
        // Dealt out, so that those of one customer do not wait for each other.
        const on = onFile[(start + offset) % onFile.length];
        if (!on) continue;
        const now = runtime.clock.now();
        await insertPayment(tx, {
          id,
          customerId: on.customer.id,
          agreementId: on.agreementId,
          paymentMethodId: on.method.id,
          kind: 'balance',
          amountMinor,
          currency: 'usd',
          reason: 'Balance of a workshop',
          status: 'scheduled',
          dueAt: given.dueAt,
          createdAt: now,
          updatedAt: now,
        });
        await planNextStep(tx, runtime, id);
      }
    });
  }
  return ids;
}
