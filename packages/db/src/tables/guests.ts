import type { Db, Instant, Row } from '../database.ts';

/** A guest whose records are still their own: one who has joined an account is a guest no more. */
export function findGuest(db: Db, id: string): Promise<Row<'customers'> | undefined> {
  return guests(db).where('id', '=', id).executeTakeFirst();
}

/** Guests who have proven that this address is theirs, oldest first. */
export function listProvenGuests(db: Db, email: string): Promise<Row<'customers'>[]> {
  return guests(db)
    .where('email', '=', email)
    .where('emailProvenAt', 'is not', null)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

function guests(db: Db) {
  return db
    .selectFrom('customers')
    .selectAll()
    .where('authUserId', 'is', null)
    .where('claimedByCustomerId', 'is', null)
    .where('erasedAt', 'is', null);
}

/** Writes when the person first proved that the address is theirs; only where it is this address. */
export async function setEmailProven(
  db: Db,
  id: string,
  proven: { email: string; now: Instant },
): Promise<void> {
  await db
    .updateTable('customers')
    .set({ emailProvenAt: proven.now, updatedAt: proven.now })
    .where('id', '=', id)
    .where('email', '=', proven.email)
    .where('emailProvenAt', 'is', null)
    .execute();
}

const heldByCustomers = [
  'agreements',
  'checkoutSessions',
  'notes',
  'orders',
  'outbox',
  'paymentMethods',
  'payments',
] as const;

/**
 * Moves everything that a guest left to an account. Methods stay attached where they are at Stripe,
 * and say so; an account that is nobody there yet becomes who the guest was.
 * @param owner the guest's id at Stripe (`cus_…`, `acct_…`); null when there is none
 */
export async function moveGuestRecords(
  db: Db,
  move: {
    guest: Row<'customers'>;
    account: Row<'customers'>;
    owner: string | null;
    now: Instant;
  },
): Promise<void> {
  const { guest, account, owner, now } = move;
  await db
    .updateTable('paymentMethods')
    .set({ stripeOwnerId: owner })
    .where('customerId', '=', guest.id)
    .where('stripeOwnerId', 'is', null)
    .execute();
  for (const table of heldByCustomers) {
    await db
      .updateTable(table)
      .set({ customerId: account.id })
      .where('customerId', '=', guest.id)
      .execute();
  }
  const takesOwner = account.stripeCustomerId === null && account.stripeAccountId === null;
  await db
    .updateTable('customers')
    .set({
      claimedByCustomerId: account.id,
      updatedAt: now,
      ...(takesOwner && { stripeCustomerId: null, stripeAccountId: null }),
    })
    .where('id', '=', guest.id)
    .execute();
  await db
    .updateTable('customers')
    .set({
      defaultPaymentMethodId: account.defaultPaymentMethodId ?? guest.defaultPaymentMethodId,
      updatedAt: now,
      ...(takesOwner && {
        stripeCustomerId: guest.stripeCustomerId,
        stripeAccountId: guest.stripeAccountId,
      }),
    })
    .where('id', '=', account.id)
    .execute();
}
