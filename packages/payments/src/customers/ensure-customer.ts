import type { Row } from '@onfile/db/database.ts';
import { findCustomerByAuthUser, insertCustomer } from '@onfile/db/tables/customers.ts';
import { setEmailProven } from '@onfile/db/tables/guests.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';

export interface SignedInShopper {
  userId: string;
  email: string;
  name: string | null;
  /** Whether they have proven that the address is theirs. */
  emailVerified: boolean;
}

/**
 * The customer of a signed-in shopper, made at first sight. Two requests at once make one row:
 * the unique `authUserId` decides.
 */
export async function ensureCustomer(
  runtime: Runtime,
  shopper: SignedInShopper,
): Promise<Row<'customers'>> {
  const known = await findCustomerByAuthUser(runtime.db, shopper.userId);
  if (known && (known.emailProvenAt !== null || !shopper.emailVerified)) return known;
  const now = runtime.clock.now();
  const email = shopper.email.toLowerCase();
  if (known) {
    await setEmailProven(runtime.db, known.id, { email, now });
  } else {
    await insertCustomer(runtime.db, {
      id: newId('customer'),
      authUserId: shopper.userId,
      email,
      name: shopper.name,
      emailProvenAt: shopper.emailVerified ? now : null,
      createdAt: now,
      updatedAt: now,
    });
  }
  const made = await findCustomerByAuthUser(runtime.db, shopper.userId);
  if (!made) throw new Error(`customer of ${shopper.userId} is gone`);
  return made;
}
