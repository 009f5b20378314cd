import type { Db, Row } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';

/** Which payment each intent was made for, of those of which both are known, and whose it is. */
export function listPaymentsOfIntents(
  db: Db,
  stripePaymentIntentIds: string[],
): Promise<{ id: string; customerId: string; stripePaymentIntentId: string }[]> {
  return db
    .selectFrom('payments')
    .innerJoin('paymentIntents', 'paymentIntents.paymentId', 'payments.id')
    .select(['payments.id', 'customerId', 'stripePaymentIntentId'])
    .where('stripePaymentIntentId', 'in', stripePaymentIntentIds)
    .execute();
}

/** Whose payments these are. */
export function listPaymentOwners(
  db: Db,
  ids: string[],
): Promise<{ id: string; customerId: string }[]> {
  return db.selectFrom('payments').select(['id', 'customerId']).where('id', 'in', ids).execute();
}

/** Reads several and holds them until the transaction ends, in the order of their ids. */
export function lockPayments(db: Db, ids: string[]): Promise<Row<'payments'>[]> {
  const query = db.selectFrom('payments').selectAll().where('id', 'in', ids).orderBy('id');
  return forUpdate(db, query).execute();
}

export function lockPayment(db: Db, id: string): Promise<Row<'payments'> | undefined> {
  const query = db.selectFrom('payments').selectAll().where('id', '=', id);
  return forUpdate(db, query).executeTakeFirst();
}

/** Locks a payment while it is this customer's; one that is no longer is not locked. */
export function lockPaymentOf(
  db: Db,
  payment: { id: string; customerId: string },
): Promise<Row<'payments'> | undefined> {
  const { id, customerId } = payment;
  const all = db.selectFrom('payments').selectAll();
  const query = all.where('id', '=', id).where('customerId', '=', customerId);
  return forUpdate(db, query).executeTakeFirst();
}
