import type { Db, Instant, NewRow, Row } from '../database.ts';

export function findAgreement(db: Db, id: string): Promise<Row<'agreements'> | undefined> {
  return db.selectFrom('agreements').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertAgreement(db: Db, row: NewRow<'agreements'>): Promise<void> {
  await db.insertInto('agreements').values(row).execute();
}

/** Names a method in an agreement and makes a pending agreement active. Twice is once. */
export async function addMethodToAgreement(
  db: Db,
  agreementId: string,
  paymentMethodId: string,
  added: { addedBy: Row<'agreementMethods'>['addedBy']; now: Instant },
): Promise<void> {
  await db
    .insertInto('agreementMethods')
    .values({ agreementId, paymentMethodId, addedAt: added.now, addedBy: added.addedBy })
    .onConflict((c) => c.columns(['agreementId', 'paymentMethodId']).doNothing())
    .execute();
  await db
    .updateTable('agreements')
    .set({ status: 'active' })
    .where('id', '=', agreementId)
    .where('status', '=', 'pending')
    .execute();
}

export async function agreementNamesMethod(
  db: Db,
  agreementId: string,
  paymentMethodId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('agreementMethods')
    .select('agreementId')
    .where('agreementId', '=', agreementId)
    .where('paymentMethodId', '=', paymentMethodId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The method that an agreement names and that was added last, of those that are on file; null: none. */
export async function newestMethodOf(db: Db, agreementId: string): Promise<string | null> {
  const row = await db
    .selectFrom('agreementMethods')
    .innerJoin('paymentMethods', 'paymentMethods.id', 'agreementMethods.paymentMethodId')
    .select('paymentMethods.id')
    .where('agreementMethods.agreementId', '=', agreementId)
    .where('paymentMethods.status', '=', 'attached')
    .orderBy('agreementMethods.addedAt', 'desc')
    .orderBy('paymentMethods.id', 'desc')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The last four digits of the methods that an agreement names. */
export async function listNamedLast4(db: Db, agreementId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('agreementMethods')
    .innerJoin('paymentMethods', 'paymentMethods.id', 'agreementMethods.paymentMethodId')
    .select('paymentMethods.last4')
    .where('agreementMethods.agreementId', '=', agreementId)
    .execute();
  return rows.flatMap(({ last4 }) => (last4 === null ? [] : [last4]));
}

/** Ends an agreement for good; one that has ended keeps its first moment. */
export async function withdrawAgreementRow(db: Db, id: string, now: Instant): Promise<void> {
  await db
    .updateTable('agreements')
    .set({ status: 'withdrawn', withdrawnAt: now })
    .where('id', '=', id)
    .where('status', '!=', 'withdrawn')
    .execute();
}

/** The agreements that name a method and still hold, oldest first. */
export function listAgreementsNaming(
  db: Db,
  paymentMethodId: string,
): Promise<Row<'agreements'>[]> {
  return db
    .selectFrom('agreements')
    .innerJoin('agreementMethods', 'agreementMethods.agreementId', 'agreements.id')
    .selectAll('agreements')
    .where('agreementMethods.paymentMethodId', '=', paymentMethodId)
    .where('agreements.status', '=', 'active')
    .orderBy('agreements.acceptedAt')
    .execute();
}
