import { sql } from 'kysely';
import { erasedAddress } from '../tables/erase-person.ts';

/** The address of a customer, in a SELECT that joins `customers`; null once the person was erased. */
export const customerEmail = sql<
  string | null
>`case when customers.erased_at is null then customers.email end`.as('customerEmail');

/** An address for a page: null where that of an erased person stood. */
export function shownAddress(address: string): string | null {
  return address === erasedAddress ? null : address;
}
