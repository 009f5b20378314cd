import { inTransaction } from '@onfile/db/transaction.ts';
import { customerNamed, openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { oweLater } from '@onfile/dev-env/schedule-balance.ts';
import type { Storm } from './storm.ts';

/** What the shop has before the trouble begins. */
export interface Stock {
  onFile: OnFile[];
  /** Pages on which nothing was saved yet, by Stripe's id. */
  sessions: string[];
}

/** Events for each customer: of these the acts make most. */
const eventsACustomer = 100;
const balancesACustomer = 8;
const holdsACustomer = 2;
/** Every so many customers' bank says no. */
const declinedEvery = 5;
const cards = { good: '4242424242424242', declined: '4000000000000341' };

/** Customers with a card on file, balances and holds that are due at once, and an open page each. */
export async function oweAndSave(storm: Storm, events: number): Promise<Stock> {
  const stock: Stock = { onFile: [], sessions: [] };
  const count = Math.max(2, Math.ceil(events / eventsACustomer));
  const names = Array.from({ length: count }, (_, at) => at);
  const some = async (): Promise<void> => {
    for (let at = names.pop(); at !== undefined; at = names.pop())
      await addCustomer(storm, stock, at);
  };
  await Promise.all([some(), some(), some(), some()]);
  return stock;
}

async function addCustomer(storm: Storm, stock: Stock, at: number): Promise<void> {
  const { runtime, shop } = storm;
  const test = { runtime, sandbox: { url: shop.sandboxUrl } };
  const card = (at + 1) % declinedEvery === 0 ? cards.declined : cards.good;
  const on = await saveCard(test, `storm-${String(at)}`, card);
  const customer = await customerNamed(runtime, `storm-${String(at)}`);
  const { stripeSessionId } = await openSetup(runtime, customer);
  await inTransaction(runtime.db, async (tx) => {
    const dueAt = runtime.clock.now();
    const owed = { currency: 'usd', dueAt };
    for (let n = 0; n < balancesACustomer; n += 1) {
      await oweLater(tx, runtime, on, {
        ...owed,
        amountMinor: 500,
        reason: 'Balance of a workshop',
      });
    }
    for (let n = 0; n < holdsACustomer; n += 1) {
      await oweLater(tx, runtime, on, {
        ...owed,
        amountMinor: 2_000,
        reason: 'Deposit for a camera',
        holdEnd: 'renew',
      });
    }
  });
  stock.onFile.push(on);
  stock.sessions.push(stripeSessionId);
}
