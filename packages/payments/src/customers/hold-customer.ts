import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { Refusal } from '../refusal.ts';

/**
 * Holds the customer to whom something new is about to belong. A guest whose records have joined an
 * account in the meantime gets nothing more: there the account would never see it.
 * @throws Refusal `guests_only` once the guest has become an account, `customer_erased`
 */
export async function holdCustomer(tx: Tx, customerId: string): Promise<Row<'customers'>> {
  const customer = await lockCustomer(tx, customerId);
  if (!customer) throw new Error(`customer ${customerId} is gone`);
  if (customer.erasedAt !== null) throw new Refusal('customer_erased');
  if (customer.claimedByCustomerId !== null) throw new Refusal('guests_only');
  return customer;
}
