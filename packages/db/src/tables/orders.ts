import type { Updateable } from 'kysely';
import type { Db, NewRow, Row, Schema } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';

export function findProductBySlug(db: Db, slug: string): Promise<Row<'products'> | undefined> {
  return db
    .selectFrom('products')
    .selectAll()
    .where('slug', '=', slug)
    .where('isActive', '=', 1)
    .executeTakeFirst();
}

/** Puts a product into the catalogue; one with the same slug stays as it is. */
export async function insertProduct(db: Db, row: NewRow<'products'>): Promise<void> {
  await db
    .insertInto('products')
    .values(row)
    .onConflict((c) => c.column('slug').doNothing())
    .execute();
}

export async function insertOrder(
  db: Db,
  order: NewRow<'orders'>,
  items: NewRow<'orderItems'>[],
): Promise<void> {
  await db.insertInto('orders').values(order).execute();
  await db.insertInto('orderItems').values(items).execute();
}

export function findOrder(db: Db, id: string): Promise<Row<'orders'> | undefined> {
  return db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findOrderByNumber(db: Db, number: string): Promise<Row<'orders'> | undefined> {
  return db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirst();
}

/** Reads the row and holds it until the transaction ends. */
export function lockOrder(db: Db, id: string): Promise<Row<'orders'> | undefined> {
  const query = db.selectFrom('orders').selectAll().where('id', '=', id);
  return forUpdate(db, query).executeTakeFirst();
}

export function listOrderItems(db: Db, orderId: string): Promise<Row<'orderItems'>[]> {
  return db
    .selectFrom('orderItems')
    .selectAll()
    .where('orderId', '=', orderId)
    .orderBy('position')
    .execute();
}

export async function updateOrder(
  db: Db,
  id: string,
  change: Updateable<Schema['orders']>,
): Promise<void> {
  await db.updateTable('orders').set(change).where('id', '=', id).execute();
}
