import type { Updateable } from 'kysely';
import type { Db, Instant, NewRow, PaymentStatus, Row, Schema } from '../database.ts';
import { joined } from '../joined.ts';
import { isStill } from '../lease.ts';
import type { RowChange } from '../update-each.ts';
import { updateEach } from '../update-each.ts';

export function findPayment(db: Db, id: string): Promise<Row<'payments'> | undefined> {
  return db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The payment that an intent of Stripe's was made for. */
export function findPaymentOfIntent(
  db: Db,
  stripePaymentIntentId: string,
): Promise<Row<'payments'> | undefined> {
  return db
    .selectFrom('payments')
    .innerJoin('paymentIntents', 'paymentIntents.paymentId', 'payments.id')
    .selectAll('payments')
    .where('stripePaymentIntentId', '=', stripePaymentIntentId)
    .executeTakeFirst();
}

export function findPaymentByChargeRequest(
  db: Db,
  chargeRequestId: string,
): Promise<Row<'payments'> | undefined> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('chargeRequestId', '=', chargeRequestId)
    .executeTakeFirst();
}

/** The newest payment of this customer with the same amount made since an instant. */
export function findSamePayment(
  db: Db,
  like: { customerId: string; amountMinor: number; currency: string; since: Instant },
): Promise<Row<'payments'> | undefined> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('customerId', '=', like.customerId)
    .where('amountMinor', '=', like.amountMinor)
    .where('currency', '=', like.currency)
    .where('createdAt', '>', like.since)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertPayment(db: Db, row: NewRow<'payments'>): Promise<void> {
  await db.insertInto('payments').values(row).execute();
}

export async function updatePayment(
  db: Db,
  id: string,
  change: Updateable<Schema['payments']>,
): Promise<void> {
  await db.updateTable('payments').set(change).where('id', '=', id).execute();
}

/** @returns the payment as it is after the change */
export const changePayment = joined(async (db, changes: RowChange<'payments'>[]) => {
  const rows = await updateEach(db, 'payments', changes);
  return rows.map((row, at) => {
    if (!row) throw new Error(`payment ${changes[at]?.id} is gone`);
    return row;
  });
});

const countedStatuses: PaymentStatus[] = [
  'succeeded',
  'processing',
  'requires_action',
  'requires_capture',
];

/**
 * What counts against an agreement's cap, in minor units: succeeded, processing, authorized and
 * in-flight amounts (a payment that waits for the shopper's step included). Refunds give no room
 * back.
 */
export async function sumUnderAgreement(db: Db, agreementId: string): Promise<number> {
  const { total } = await db
    .selectFrom('payments')
    .select((eb) => eb.fn.sum<number | string | null>('amountMinor').as('total'))
    .where('agreementId', '=', agreementId)
    .where((eb) =>
      eb.or([
        eb('status', 'in', countedStatuses),
        eb.exists(
          eb
            .selectFrom('attempts')
            .select('attempts.id')
            .whereRef('attempts.paymentId', '=', 'payments.id')
            .where('attempts.status', '=', 'open'),
        ),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(total ?? 0);
}

/** Statuses of a payment for which nothing is under way: it waits for its day or for a method. */
const waitingStatuses: PaymentStatus[] = ['scheduled', 'requires_payment_method'];

/**
 * Payments that will come to rely on an agreement or on a method, in the order in which they fall
 * due. One whose attempt is open is not waiting any more.
 */
export function listWaitingPayments(
  db: Db,
  on: { agreementId: string } | { paymentMethodId: string },
): Promise<Row<'payments'>[]> {
  const query = db
    .selectFrom('payments')
    .selectAll()
    .where('status', 'in', waitingStatuses)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('attempts')
            .select('attempts.id')
            .whereRef('attempts.paymentId', '=', 'payments.id')
            .where('attempts.status', '=', 'open'),
        ),
      ),
    )
    .orderBy('dueAt')
    .orderBy('id');
  return 'agreementId' in on
    ? query.where('agreementId', '=', on.agreementId).execute()
    : query.where('paymentMethodId', '=', on.paymentMethodId).execute();
}

/** Whether money that was taken or held with a method is still on its way. */
export async function methodHasMoneyUnderWay(db: Db, paymentMethodId: string): Promise<boolean> {
  const row = await db
    .selectFrom('payments')
    .select('id')
    .where('paymentMethodId', '=', paymentMethodId)
    .where('status', 'in', ['processing', 'requires_capture'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the shopper is in the middle of a bank's step for a payment with a method. */
export async function methodWaitsForStep(db: Db, paymentMethodId: string): Promise<boolean> {
  const row = await db
    .selectFrom('payments')
    .select('id')
    .where('paymentMethodId', '=', paymentMethodId)
    .where('status', '=', 'requires_action')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What an order owes, in the order in which it falls due. */
export const listOrderPayments = joined(async (db, orderIds: string[]) => {
  const query = db.selectFrom('payments').selectAll().where('orderId', 'in', orderIds);
  const rows = await query.orderBy('dueAt').orderBy('id').execute();
  const byOrder = Map.groupBy(rows, (payment) => payment.orderId);
  return orderIds.map((id) => byOrder.get(id) ?? []);
});

/**
 * Whether some payment of a customer needs a saved method, now or on a day to come; one that was
 * declined and is charged again under its agreement needs it as well.
 */
export async function customerNeedsMethods(db: Db, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('payments')
    .select('id')
    .where('customerId', '=', customerId)
    .where('paymentMethodId', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('status', 'in', ['scheduled', 'processing', 'requires_capture', 'requires_action']),
        eb('status', '=', 'requires_payment_method').and('agreementId', 'is not', null),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Puts a payment that this process holds back, for another try at an instant. */
export async function postponeCharge(
  db: Db,
  payment: { id: string; leaseHolder: string | null },
  chargeAt: Instant,
): Promise<void> {
  await db
    .updateTable('payments')
    .set({ chargeAt, leasedUntil: null, leaseHolder: null })
    .where('id', '=', payment.id)
    .where(isStill('nextStep', 'charge'))
    .where('leaseHolder', '=', payment.leaseHolder)
    .execute();
}

/** What is held under an agreement now. */
export function listHeldUnder(db: Db, agreementId: string): Promise<Row<'payments'>[]> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('agreementId', '=', agreementId)
    .where('status', '=', 'requires_capture')
    .orderBy('id')
    .execute();
}
