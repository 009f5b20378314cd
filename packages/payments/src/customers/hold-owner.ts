import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';

/**
 * Holds the customer whom a row belongs to. While one waits for a guest's row, what the guest left may
 * join an account: then the account is held, so that nothing is written to a guest who is none any more.
 * @param read the row as it is now
 */
export async function holdOwner<T extends { customerId: string }>(
  tx: Tx,
  read: () => Promise<T | undefined>,
): Promise<{ row: T; customer: Row<'customers'> }> {
  let row = await read();
  while (row) {
    const customer = await lockCustomer(tx, row.customerId);
    if (!customer) throw new Error(`customer ${row.customerId} is gone`);
    row = await read();
    if (row?.customerId === customer.id) return { row, customer };
  }
  throw new Error('what belonged to a customer is gone');
}
