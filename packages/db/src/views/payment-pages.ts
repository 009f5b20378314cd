import type { Db, Row } from '../database.ts';
import { listRefunds } from '../tables/refunds.ts';
import { customerEmail } from './shown-address.ts';

export interface PaymentLine extends Row<'payments'> {
  customerEmail: string | null;
  brand: string | null;
  last4: string | null;
  /** The newest attempt, which says what the payment came to. */
  lastAttempt: Row<'attempts'> | null;
  /** Oldest first. */
  refunds: Row<'refunds'>[];
}

interface Which {
  customerId?: string;
  paymentId?: string;
  chargeRequestId?: string;
  limit: number;
}

/** Payments with their customer, method and newest attempt, newest first. */
export async function listPayments(db: Db, which: Which): Promise<PaymentLine[]> {
  let query = db
    .selectFrom('payments')
    .innerJoin('customers', 'customers.id', 'payments.customerId')
    .leftJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .selectAll('payments')
    .select([customerEmail, 'paymentMethods.brand', 'paymentMethods.last4'])
    .orderBy('payments.createdAt', 'desc')
    .orderBy('payments.id', 'desc')
    .limit(which.limit);
  if (which.customerId) query = query.where('payments.customerId', '=', which.customerId);
  if (which.paymentId) query = query.where('payments.id', '=', which.paymentId);
  if (which.chargeRequestId) {
    query = query.where('payments.chargeRequestId', '=', which.chargeRequestId);
  }
  const payments = await query.execute();
  if (payments.length === 0) return [];
  const attempts = await db
    .selectFrom('attempts')
    .selectAll()
    .where(
      'paymentId',
      'in',
      payments.map((payment) => payment.id),
    )
    .orderBy('number', 'desc')
    .execute();
  const refunds = await listRefunds(
    db,
    payments.map((payment) => payment.id),
  );
  return payments.map((payment) => ({
    ...payment,
    refunds: refunds.filter(({ paymentId }) => paymentId === payment.id),
    lastAttempt: attempts.find((attempt) => attempt.paymentId === payment.id) ?? null,
  }));
}
