import type { Db, Row, Schema } from '../database.ts';

/** Everything that is held about one person, but their login and Stripe's events about them. */
export interface PersonRecords {
  /** Their account first, and the guests whose records have joined it. */
  customers: Row<'customers'>[];
  paymentMethods: Row<'paymentMethods'>[];
  agreements: Row<'agreements'>[];
  checkoutSessions: Row<'checkoutSessions'>[];
  orders: Row<'orders'>[];
  orderItems: Row<'orderItems'>[];
  payments: Row<'payments'>[];
  paymentIntents: Row<'paymentIntents'>[];
  attempts: Row<'attempts'>[];
  refunds: Row<'refunds'>[];
  disputes: Row<'disputes'>[];
  recoveryLinks: Row<'recoveryLinks'>[];
  notes: Row<'notes'>[];
  /** To them, and to staff about them; also to their address before it belonged to a customer. */
  outbox: Row<'outbox'>[];
  stripeOperations: Row<'stripeOperations'>[];
  auditLog: Row<'auditLog'>[];
}

/** So many values stay below what one statement may have, on both databases. */
const most = 500;

/**
 * Reads it all. Of a person: their rows are few.
 * @param customerIds every customer row that is this person
 */
export async function readPersonRecords(db: Db, customerIds: string[]): Promise<PersonRecords> {
  const customers = await listIn(db, 'customers', 'id', customerIds);
  const own = async <T extends OwnTable>(table: T) =>
    (await listIn(db, table, 'customerId', customerIds)) as Row<T>[];
  const payments = await own('payments');
  const orders = await own('orders');
  const ofPayments = async <T extends PaymentTable>(table: T) =>
    (await listIn(db, table, 'paymentId', idsOf(payments))) as Row<T>[];
  const held = {
    customers,
    paymentMethods: await own('paymentMethods'),
    agreements: await own('agreements'),
    checkoutSessions: await own('checkoutSessions'),
    orders,
    orderItems: await listIn(db, 'orderItems', 'orderId', idsOf(orders)),
    payments,
    paymentIntents: await ofPayments('paymentIntents'),
    attempts: await ofPayments('attempts'),
    refunds: await ofPayments('refunds'),
    disputes: await ofPayments('disputes'),
    recoveryLinks: await ofPayments('recoveryLinks'),
    notes: await own('notes'),
  };
  const subjects = subjectsOf(held);
  return {
    ...held,
    outbox: await listMails(db, customers),
    stripeOperations: await listIn(db, 'stripeOperations', 'subjectId', subjects),
    auditLog: await listIn(db, 'auditLog', 'subjectId', subjects),
  };
}

type OwnTable =
  'paymentMethods' | 'agreements' | 'checkoutSessions' | 'orders' | 'payments' | 'notes' | 'outbox';
type PaymentTable = 'paymentIntents' | 'attempts' | 'refunds' | 'disputes' | 'recoveryLinks';

/** Ids of ours that calls to Stripe and audit rows are about. */
function subjectsOf(held: Record<string, unknown[]>): string[] {
  return Object.values(held).flatMap((rows) =>
    (rows as { id?: string }[]).flatMap(({ id }) => (id ? [id] : [])),
  );
}

function idsOf(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** Rows whose column is one of many values, asked for in portions. */
async function listIn<T extends keyof Schema>(
  db: Db,
  table: T,
  column: string,
  values: string[],
): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  for (let at = 0; at < values.length; at += most) {
    // Any of the tables; the compiler follows one.
    const found = await db
      .selectFrom(table as 'payments')
      .selectAll()
      .where(db.dynamic.ref(column), 'in', values.slice(at, at + most))
      .execute();
    rows.push(...(found as unknown as Row<T>[]));
  }
  return rows;
}

async function listMails(db: Db, customers: Row<'customers'>[]): Promise<Row<'outbox'>[]> {
  const ofCustomers = await listIn(db, 'outbox', 'customerId', idsOf(customers));
  const addresses = customers.flatMap(({ email, erasedAt }) => (erasedAt === null ? [email] : []));
  const toAddress = await listIn(db, 'outbox', 'toAddress', addresses);
  // Somebody else may have given the same address: what was sent to them is theirs.
  const toNobodyElse = toAddress.filter(({ customerId }) => customerId === null);
  return [...ofCustomers, ...toNobodyElse];
}

/** How Stripe calls this person's things: what an event about them names. */
export function stripeIdsOf(records: PersonRecords): Set<string> {
  const ids = [
    ...records.customers.flatMap((row) => [row.stripeCustomerId, row.stripeAccountId]),
    ...records.paymentMethods.flatMap((row) => [
      row.stripePaymentMethodId,
      row.stripeOwnerId,
      row.stripeMandateId,
    ]),
    ...records.checkoutSessions.flatMap((row) => [row.stripeSessionId, row.stripeIntentId]),
    ...records.paymentIntents.flatMap((row) => [row.stripePaymentIntentId, row.latestChargeId]),
    ...records.attempts.map((row) => row.stripeChargeId),
    ...records.refunds.map((row) => row.stripeRefundId),
    ...records.disputes.flatMap((row) => [row.stripeDisputeId, row.stripeChargeId]),
  ];
  return new Set(ids.filter((id) => id !== null));
}
