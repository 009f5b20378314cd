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
  | 'bankName'
  | 'wallet'
  | 'billingDetails'
  | 'allowRedisplay'
>;

/**
 * Writes what Stripe said of the method when it was asked; an answer older than what is known stays
 * unwritten.
 * @returns whether it was written
 */
export async function setPaymentMethodFacts(
  db: Db,
  id: string,
  facts: PaymentMethodFacts & { bankUpdatedAt?: Instant },
  when: { asOf: Instant; now: Instant },
): Promise<boolean> {
  const result = await db
    .updateTable('paymentMethods')
    .set({ ...facts, asOf: when.asOf, updatedAt: when.now })
    .where('id', '=', id)
    .where('asOf', '<=', when.asOf)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function setNickname(
  db: Db,
  id: string,
  nickname: string | null,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('paymentMethods')
    .set({ nickname, updatedAt: now })
    .where('id', '=', id)
    .execute();
}

/** Writes down which mandate an account is debited under, and whether it stands. */
export async function setMandate(
  db: Db,
  id: string,
  mandate: Pick<Row<'paymentMethods'>, 'stripeMandateId' | 'mandateStatus'> & { now: Instant },
): Promise<void> {
  const { now, ...facts } = mandate;
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

/**
 * A customer's entries for one card, the one that survives a merge first: the newest that was set
 * up successfully. What is being removed does not count.
 */
export function listSameCard(
  db: Db,
  card: { customerId: string; fingerprint: string },
): Promise<Row<'paymentMethods'>[]> {
  return db
    .selectFrom('paymentMethods')
    .selectAll()
    .where('customerId', '=', card.customerId)
    .where('fingerprint', '=', card.fingerprint)
    .where('type', '=', 'card')
    .where('status', '=', 'attached')
    .orderBy((eb) => eb.fn.coalesce('setUpAt', 'createdAt'), 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Cards that are on file more than once. */
export function listCustomersWithSpares(
  db: Db,
  page: { limit: number },
): Promise<{ customerId: string; fingerprint: string }[]> {
  return db
    .selectFrom('paymentMethods')
    .select(['customerId', 'fingerprint'])
    .$narrowType<{ fingerprint: string }>()
    .where('fingerprint', 'is not', null)
    .where('type', '=', 'card')
    .where('status', '=', 'attached')
    .groupBy(['customerId', 'fingerprint'])
    .having((eb) => eb.fn.countAll(), '>', 1)
    .limit(page.limit)
    .execute();
}

/** Marks an entry as merged into another, which takes over its name where it has none itself. */
export async function mergeInto(
  db: Db,
  spareId: string,
  survivor: Row<'paymentMethods'>,
  now: Instant,
): Promise<void> {
  const spare = await findPaymentMethod(db, spareId);
  if (survivor.nickname === null && spare?.nickname) {
    await setNickname(db, survivor.id, spare.nickname, now);
  }
  await db
    .updateTable('paymentMethods')
    .set({ status: 'detaching', mergedIntoId: survivor.id, updatedAt: now })
    .where('id', '=', spareId)
    .where('status', '=', 'attached')
    .execute();
}

/** What is not detached yet and hangs on one customer at Stripe, of the person who has it here. */
export function listMethodsOfOwner(
  db: Db,
  owner: { customerId: string; id: string },
): Promise<Row<'paymentMethods'>[]> {
  return db
    .selectFrom('paymentMethods')
    .innerJoin('customers', 'customers.id', 'paymentMethods.customerId')
    .selectAll('paymentMethods')
    .where('paymentMethods.customerId', '=', owner.customerId)
    .where('paymentMethods.status', '!=', 'detached')
    .where((eb) =>
      eb.or([
        eb('paymentMethods.stripeOwnerId', '=', owner.id),
        eb.and([
          eb('paymentMethods.stripeOwnerId', 'is', null),
          eb('customers.stripeCustomerId', '=', owner.id),
        ]),
      ]),
    )
    .orderBy('paymentMethods.createdAt')
    .execute();
}
