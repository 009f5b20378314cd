import type { Updateable } from 'kysely';
import type { RefundStatus } from '../after-charge.ts';
import type { Db, NewRow, Row, Schema } from '../database.ts';

export function findRefund(db: Db, id: string): Promise<Row<'refunds'> | undefined> {
  return db.selectFrom('refunds').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findRefundByStripeId(
  db: Db,
  stripeRefundId: string,
): Promise<Row<'refunds'> | undefined> {
  return db
    .selectFrom('refunds')
    .selectAll()
    .where('stripeRefundId', '=', stripeRefundId)
    .executeTakeFirst();
}

export function findRefundByRequest(
  db: Db,
  requestId: string,
): Promise<Row<'refunds'> | undefined> {
  return db.selectFrom('refunds').selectAll().where('requestId', '=', requestId).executeTakeFirst();
}

export async function insertRefund(db: Db, row: NewRow<'refunds'>): Promise<void> {
  await db.insertInto('refunds').values(row).execute();
}

export async function updateRefund(
  db: Db,
  id: string,
  change: Updateable<Schema['refunds']>,
): Promise<void> {
  await db.updateTable('refunds').set(change).where('id', '=', id).execute();
}

/** Every refund of some payments, oldest first. */
export async function listRefunds(db: Db, paymentIds: string[]): Promise<Row<'refunds'>[]> {
  if (paymentIds.length === 0) return [];
  return db
    .selectFrom('refunds')
    .selectAll()
    .where('paymentId', 'in', paymentIds)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** What gives nothing back: the amount may be refunded anew. */
const endedStatuses: RefundStatus[] = ['failed', 'canceled', 'refused'];

/** What was refunded of a payment or is on its way, the asking included, in minor units. */
export async function sumRefunds(db: Db, paymentId: string): Promise<number> {
  const { total } = await db
    .selectFrom('refunds')
    .select((eb) => eb.fn.sum<number | string | null>('amountMinor').as('total'))
    .where('paymentId', '=', paymentId)
    .where('status', 'not in', endedStatuses)
    .executeTakeFirstOrThrow();
  return Number(total ?? 0);
}
