import type { AgreementStatus } from '../agreements.ts';
import type { Db, Row } from '../database.ts';
import { listRefunds } from '../tables/refunds.ts';
import { customerEmail } from './shown-address.ts';

/** The catalogue as shoppers see it, in the shop's order. */
export function listProducts(db: Db): Promise<Row<'products'>[]> {
  return db
    .selectFrom('products')
    .selectAll()
    .where('isActive', '=', 1)
    .orderBy('position')
    .orderBy('slug')
    .execute();
}

/** A payment of an order, with what it was, or will be, paid with. */
export interface OrderPayment extends Row<'payments'> {
  methodType: string | null;
  brand: string | null;
  last4: string | null;
  bankName: string | null;
  wallet: string | null;
  /** Of the agreement under which it is charged. */
  agreementStatus: AgreementStatus | null;
  agreementValidUntil: number | null;
  /** Oldest first. */
  refunds: Row<'refunds'>[];
}

export interface OrderPage extends Row<'orders'> {
  customerEmail: string | null;
  items: Row<'orderItems'>[];
  payments: OrderPayment[];
  /** What the shopper agreed to for it; null where the plan charges nothing later. */
  agreement: Row<'agreements'> | null;
}

interface Which {
  customerId?: string;
  orderId?: string;
  limit: number;
  offset?: number;
}

/** Orders with all that their page shows, newest first. */
export async function listOrders(db: Db, which: Which): Promise<OrderPage[]> {
  const orders = await selectOrders(db, which)
    .innerJoin('customers', 'customers.id', 'orders.customerId')
    .selectAll('orders')
    .select(customerEmail)
    .orderBy('orders.placedAt', 'desc')
    .orderBy('orders.id', 'desc')
    .limit(which.limit)
    .offset(which.offset ?? 0)
    .execute();
  const ids = orders.map(({ id }) => id);
  const agreementIds = orders.flatMap(({ agreementId }) => agreementId ?? []);
  const [items, payments, agreements] = await Promise.all([
    listItems(db, ids),
    listPayments(db, ids),
    listAgreements(db, agreementIds),
  ]);
  return orders.map((order) => ({
    ...order,
    items: items.filter(({ orderId }) => orderId === order.id),
    payments: payments.filter(({ orderId }) => orderId === order.id),
    agreement: agreements.find(({ id }) => id === order.agreementId) ?? null,
  }));
}

/** How many {@link listOrders} would list without a page. */
export async function countOrders(db: Db, which: { customerId?: string }): Promise<number> {
  const { total } = await selectOrders(db, which)
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function selectOrders(db: Db, which: Omit<Which, 'limit'>) {
  let query = db.selectFrom('orders');
  if (which.customerId) query = query.where('orders.customerId', '=', which.customerId);
  if (which.orderId) query = query.where('orders.id', '=', which.orderId);
  return query;
}

async function listAgreements(db: Db, ids: string[]): Promise<Row<'agreements'>[]> {
  if (ids.length === 0) return [];
  return db.selectFrom('agreements').selectAll().where('id', 'in', ids).execute();
}

async function listItems(db: Db, orderIds: string[]): Promise<Row<'orderItems'>[]> {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom('orderItems')
    .selectAll()
    .where('orderId', 'in', orderIds)
    .orderBy('position')
    .execute();
}

async function listPayments(db: Db, orderIds: string[]): Promise<OrderPayment[]> {
  if (orderIds.length === 0) return [];
  const payments = await db
    .selectFrom('payments')
    .leftJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .leftJoin('agreements', 'agreements.id', 'payments.agreementId')
    .selectAll('payments')
    .select([
      'paymentMethods.type as methodType',
      'paymentMethods.brand',
      'paymentMethods.last4',
      'paymentMethods.bankName',
      'paymentMethods.wallet',
      'agreements.status as agreementStatus',
      'agreements.validUntil as agreementValidUntil',
    ])
    .where('payments.orderId', 'in', orderIds)
    .orderBy('payments.dueAt')
    .orderBy('payments.id')
    .execute();
  const refunds = await listRefunds(
    db,
    payments.map(({ id }) => id),
  );
  return payments.map((payment) => ({
    ...payment,
    refunds: refunds.filter(({ paymentId }) => paymentId === payment.id),
  }));
}
