import type { Db, Instant, NewRow, Row } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';
import { inOrderOf, joined } from '../joined.ts';

/** The customer by our id; several ask together as one. */
export const findCustomer = joined(async (db, ids: string[]) => {
  const rows = await db.selectFrom('customers').selectAll().where('id', 'in', ids).execute();
  return inOrderOf(ids, rows, (customer) => customer.id);
});

/** Reads the row and holds it until the transaction ends: charges of one customer go in turn. */
export function lockCustomer(db: Db, id: string): Promise<Row<'customers'> | undefined> {
  const query = db.selectFrom('customers').selectAll().where('id', '=', id);
  return forUpdate(db, query).executeTakeFirst();
}

/** Holds several until the transaction ends, in the order of their ids. */
export async function lockCustomers(db: Db, ids: string[]): Promise<void> {
  const query = db.selectFrom('customers').select('id').where('id', 'in', ids).orderBy('id');
  await forUpdate(db, query).execute();
}

export function findCustomerByAuthUser(
  db: Db,
  authUserId: string,
): Promise<Row<'customers'> | undefined> {
  return db
    .selectFrom('customers')
    .selectAll()
    .where('authUserId', '=', authUserId)
    .executeTakeFirst();
}

/**
 * The customer behind a Stripe Customer (`cus_…`) or an Accounts v2 account (`acct_…`); where a guest's
 * records have joined an account, that account.
 */
export async function findCustomerByStripeOwner(
  db: Db,
  stripeOwnerId: string,
): Promise<Row<'customers'> | undefined> {
  const column = stripeOwnerId.startsWith('acct_') ? 'stripeAccountId' : 'stripeCustomerId';
  const found = await db
    .selectFrom('customers')
    .selectAll()
    .where(column, '=', stripeOwnerId)
    .executeTakeFirst();
  const account = found?.claimedByCustomerId;
  return account ? findCustomer(db, account) : found;
}

/** Inserts unless the same person's row exists already (two requests at once make one row). */
export async function insertCustomer(db: Db, row: NewRow<'customers'>): Promise<void> {
  await db
    .insertInto('customers')
    .values(row)
    .onConflict((c) => c.column('authUserId').doNothing())
    .execute();
}

/**
 * Writes which customer at Stripe this one is: one of the two ids, the other null. A customer that
 * has one already (a guest's, joined a moment ago) keeps it.
 */
export async function setStripeOwner(
  db: Db,
  id: string,
  owner: Pick<Row<'customers'>, 'stripeCustomerId' | 'stripeAccountId' | 'updatedAt'>,
): Promise<void> {
  await db
    .updateTable('customers')
    .set(owner)
    .where('id', '=', id)
    .where('stripeCustomerId', 'is', null)
    .where('stripeAccountId', 'is', null)
    .execute();
}

/** The customer at Stripe was deleted there: whoever was it has none. */
export async function clearStripeOwner(
  db: Db,
  gone: { stripeCustomerId: string; now: Instant },
): Promise<void> {
  await db
    .updateTable('customers')
    .set({ stripeCustomerId: null, updatedAt: gone.now })
    .where('stripeCustomerId', '=', gone.stripeCustomerId)
    .execute();
}

export async function setDefaultMethod(
  db: Db,
  id: string,
  paymentMethodId: string | null,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('customers')
    .set({ defaultPaymentMethodId: paymentMethodId, updatedAt: now })
    .where('id', '=', id)
    .execute();
}

/** In which of our languages they read. */
export async function setLocale(db: Db, id: string, locale: string): Promise<void> {
  await db.updateTable('customers').set({ locale }).where('id', '=', id).execute();
}

/** The language of the account with an address; null: there is none, or it was never seen. */
export async function findLocaleOf(db: Db, email: string): Promise<string | null> {
  const row = await db
    .selectFrom('customers')
    .select('locale')
    .where('email', '=', email.toLowerCase())
    .where('authUserId', 'is not', null)
    .where('locale', 'is not', null)
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst();
  return row?.locale ?? null;
}
