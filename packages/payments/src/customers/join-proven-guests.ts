import { listProvenGuests, setEmailProven } from '@onfile/db/tables/guests.ts';
import type { Runtime } from '../runtime.ts';
import { claimGuestRecords } from './claim-guest-records.ts';
import { ensureCustomer } from './ensure-customer.ts';
import type { SignedInShopper } from './ensure-customer.ts';

/**
 * Joins to a shopper's account what they left as a guest under their proven address. Safe to repeat:
 * every sign-in does.
 * @param guestId the guest whom this browser's cookie names, when the address was proven just now and
 *   in this browser: whoever typed the address as a guest has proven it, too
 */
export async function joinProvenGuests(
  runtime: Runtime,
  shopper: SignedInShopper,
  guestId: string | null,
): Promise<void> {
  if (!shopper.emailVerified) return;
  const account = await ensureCustomer(runtime, shopper);
  if (guestId) {
    const now = runtime.clock.now();
    await setEmailProven(runtime.db, guestId, { email: account.email, now });
  }
  for (const guest of await listProvenGuests(runtime.db, account.email)) {
    const proof = { kind: 'address' as const };
    await claimGuestRecords(runtime, { guestId: guest.id, accountId: account.id, proof });
  }
}
