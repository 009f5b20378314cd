import type { Row } from '@onfile/db/database.ts';
import { insertCustomer } from '@onfile/db/tables/customers.ts';
import { findGuest } from '@onfile/db/tables/guests.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';

/**
 * The customer of a guest who typed this address. A browser that is known as a guest with another
 * address gets a new one: at a shared computer the next person must not find what the last one left.
 * @param given.guestId the guest whom the browser's cookie names
 */
export async function ensureGuest(
  runtime: Runtime,
  given: { guestId: string | null; email: string; name: string | null },
): Promise<Row<'customers'>> {
  const email = given.email.trim().toLowerCase();
  const known = given.guestId ? await findGuest(runtime.db, given.guestId) : undefined;
  if (known?.email === email) return known;
  const now = runtime.clock.now();
  const id = newId('customer');
  await insertCustomer(runtime.db, {
    id,
    authUserId: null,
    email,
    name: given.name,
    createdAt: now,
    updatedAt: now,
  });
  const made = await findGuest(runtime.db, id);
  if (!made) throw new Error(`guest ${id} is gone`);
  return made;
}
