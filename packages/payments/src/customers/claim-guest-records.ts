import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { moveGuestRecords } from '@onfile/db/tables/guests.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';

/**
 * How it is known that guest and account are one person. `address`: both have proven that the same
 * address is theirs. `order`: the account knew an order of the guest and the card that paid it.
 */
export type ClaimProof = { kind: 'address' } | { kind: 'order'; orderId: string };

/**
 * What a guest left joins an account: orders, payments, agreements, methods, open sessions, in one
 * transaction. What does not belong together stays apart, whoever asks: guests join once, and by
 * address only when both addresses are one and proven.
 * @returns whether it joined
 */
export function claimGuestRecords(
  runtime: Runtime,
  claim: { guestId: string; accountId: string; proof: ClaimProof },
): Promise<boolean> {
  return inTransaction(runtime.db, async (tx) => {
    const { guest, account } = await lockBoth(tx, claim);
    if (!guest || !account || !mayJoin(guest, account, claim.proof)) return false;
    const owner = guest.stripeCustomerId ?? guest.stripeAccountId;
    await moveGuestRecords(tx, { guest, account, owner, now: runtime.clock.now() });
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: account.id },
      action: 'customer.guest_records_claimed',
      subject: { kind: 'customer', id: account.id },
      details: { guest: guest.id, stripeOwner: owner, proof: claim.proof },
    });
    return true;
  });
}

/** In the order of their ids: two claims at once wait for each other and never both wait. */
async function lockBoth(
  tx: Tx,
  { guestId, accountId }: { guestId: string; accountId: string },
): Promise<{ guest: Row<'customers'> | undefined; account: Row<'customers'> | undefined }> {
  const rows = new Map<string, Row<'customers'> | undefined>();
  for (const id of [guestId, accountId].sort()) rows.set(id, await lockCustomer(tx, id));
  return { guest: rows.get(guestId), account: rows.get(accountId) };
}

function mayJoin(guest: Row<'customers'>, account: Row<'customers'>, proof: ClaimProof): boolean {
  const isGuest = guest.authUserId === null && guest.claimedByCustomerId === null;
  if (!isGuest || account.authUserId === null) return false;
  if (proof.kind === 'order') return true;
  return (
    guest.emailProvenAt !== null && account.emailProvenAt !== null && guest.email === account.email
  );
}
