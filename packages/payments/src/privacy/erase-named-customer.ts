import type { Actor } from '../audit.ts';
import { getCustomer } from '../customers/get-customer.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { EraseLogin, Erased } from './erase-customer.ts';
import { eraseCustomer } from './erase-customer.ts';

/**
 * Erases the person whose page somebody has before them. Whoever does it types the person's address, so
 * that it is not done in passing, and to nobody else than is meant.
 * @param ask.email as it was typed; it stands in no refusal
 * @throws Refusal `customer_erased`, `customer_address_differs` at `email`, and those of
 *   {@link eraseCustomer}
 */
export async function eraseNamedCustomer(
  runtime: Runtime,
  ask: {
    customerId: string;
    email: string;
    by: Extract<Actor, { id: string }>;
    eraseLogin: EraseLogin;
  },
): Promise<Erased> {
  const { customerId, by, eraseLogin } = ask;
  const customer = await getCustomer(runtime.db, customerId);
  if (customer.erasedAt !== null) throw new Refusal('customer_erased');
  if (ask.email.trim().toLowerCase() !== customer.email.toLowerCase()) {
    throw new Refusal('customer_address_differs', 'email');
  }
  return eraseCustomer(runtime, { who: customerId, by, eraseLogin });
}
