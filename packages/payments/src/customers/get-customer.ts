import type { Db, Row } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { Refusal } from '../refusal.ts';

/** @throws Refusal `not_found` at `customerId` */
export async function getCustomer(db: Db, customerId: string): Promise<Row<'customers'>> {
  const customer = await findCustomer(db, customerId);
  if (!customer) throw new Refusal('not_found', 'customerId');
  return customer;
}
