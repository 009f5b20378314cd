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
  now: Instant,
): Promise<void> {
  await db
    .insertInto('agreementMethods')
    .values({ agreementId, paymentMethodId, addedAt: now })
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
