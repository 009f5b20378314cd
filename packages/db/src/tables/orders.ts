import type { Db, NewRow, Row } from '../database.ts';
import { forUpdate } from '../dialects/portable.ts';
import { inOrderOf, joined } from '../joined.ts';
import type { RowChange } from '../update-each.ts';
import { updateEach } from '../update-each.ts';

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

export const findOrder = joined(async (db, ids: string[]) => {
  const rows = await db.selectFrom('orders').selectAll().where('id', 'in', ids).execute();
  return inOrderOf(ids, rows, (order) => order.id);
});

export function findOrderByNumber(db: Db, number: string): Promise<Row<'orders'> | undefined> {
  return db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirst();
}

/** Reads the row and holds it until the transaction ends. */
export const lockOrder = joined(async (db, ids: string[]) => {
  const query = db.selectFrom('orders').selectAll().where('id', 'in', ids).orderBy('id');
  return inOrderOf(ids, await forUpdate(db, query).execute(), (order) => order.id);
});

export function listOrderItems(db: Db, orderId: string): Promise<Row<'orderItems'>[]> {
  return db
    .selectFrom('orderItems')
    .selectAll()
    .where('orderId', '=', orderId)
    .orderBy('position')
    .execute();
}

/** Writes what has become of an order. */
export const updateOrder = joined((db, changes: RowChange<'orders'>[]) =>
  updateEach(db, 'orders', changes),
);
