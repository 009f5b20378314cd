import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { saveCard } from './save-card.ts';
import type { OnFile } from './save-card.ts';
import { oweLater } from './schedule-balance.ts';

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
  const ids: string[] = [];
  const amount = { amountMinor, currency: 'usd', reason: 'Balance of a workshop' };
  while (ids.length < given.count) {
    await inTransaction(runtime.db, async (tx) => {
      for (let end = Math.min(ids.length + batch, given.count); ids.length < end;) {
        // Dealt out, so that those of one customer do not wait for each other.
        const on = onFile[ids.length % onFile.length];
        if (!on) throw new Error('no card is on file');
        const { id } = await oweLater(tx, runtime, on, { ...amount, dueAt: given.dueAt });
        ids.push(id);
      }
    });
  }
  return ids;
}
