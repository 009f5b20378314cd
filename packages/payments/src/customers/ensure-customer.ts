import type { Row } from '@onfile/db/database.ts';
import { findCustomerByAuthUser, insertCustomer } from '@onfile/db/tables/customers.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';

/**
 * The customer of a signed-in shopper, made at first sight. Two requests at once make one row:
 * the unique `authUserId` decides.
 */
export async function ensureCustomer(
  runtime: Runtime,
  shopper: { userId: string; email: string; name: string | null },
): Promise<Row<'customers'>> {
  const known = await findCustomerByAuthUser(runtime.db, shopper.userId);
  if (known) return known;
  const now = runtime.clock.now();
  await insertCustomer(runtime.db, {
    id: newId('customer'),
    authUserId: shopper.userId,
    email: shopper.email.toLowerCase(),
    name: shopper.name,
    stripeCustomerId: null,
    createdAt: now,
    updatedAt: now,
  });
  const made = await findCustomerByAuthUser(runtime.db, shopper.userId);
  if (!made) throw new Error(`customer of ${shopper.userId} is gone`);
  return made;
}
