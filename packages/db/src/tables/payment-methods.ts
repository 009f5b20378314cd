import type { Db, Instant, NewRow, PaymentMethodStatus, Row } from '../database.ts';

export function findPaymentMethod(db: Db, id: string): Promise<Row<'paymentMethods'> | undefined> {
  return db.selectFrom('paymentMethods').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findPaymentMethodByStripeId(
  db: Db,
  stripePaymentMethodId: string,
): Promise<Row<'paymentMethods'> | undefined> {
  return db
    .selectFrom('paymentMethods')
    .selectAll()
    .where('stripePaymentMethodId', '=', stripePaymentMethodId)
    .executeTakeFirst();
}

/** Inserts the projection of Stripe's object; one that is there already stays as it is. */
export async function insertPaymentMethod(db: Db, row: NewRow<'paymentMethods'>): Promise<void> {
  await db
    .insertInto('paymentMethods')
    .values(row)
    .onConflict((c) => c.column('stripePaymentMethodId').doNothing())
    .execute();
}

export type PaymentMethodFacts = Pick<
  Row<'paymentMethods'>,
  | 'brand'
  | 'last4'
  | 'expMonth'
  | 'expYear'
  | 'funding'
  | 'country'
  | 'fingerprint'
  | 'allowRedisplay'
>;

/** Writes what Stripe says of the method now. */
export async function setPaymentMethodFacts(
  db: Db,
  id: string,
  facts: PaymentMethodFacts,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('paymentMethods')
    .set({ ...facts, updatedAt: now })
    .where('id', '=', id)
    .execute();
}

/**
 * Moves the status on; `detached` is final and keeps its first moment.
 * @returns whether this call changed it
 */
export async function setPaymentMethodStatus(
  db: Db,
  id: string,
  status: PaymentMethodStatus,
  now: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable('paymentMethods')
    .set({ status, updatedAt: now, ...(status === 'detached' && { detachedAt: now }) })
    .where('id', '=', id)
    .where('status', '!=', 'detached')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
