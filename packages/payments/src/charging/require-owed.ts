import type { Db, PaymentStatus, Row } from '@onfile/db/database.ts';
import { findOpenAttempt } from '@onfile/db/tables/attempts.ts';
import { lockPayment } from '@onfile/db/tables/held-payments.ts';
import { Refusal } from '../refusal.ts';

/** In these an amount is owed, and nothing of it has been taken. */
const owed: PaymentStatus[] = ['scheduled', 'requires_payment_method', 'requires_action'];

/** Those that our own plan, or staff, have given up can still be canceled. */
const owedOrGivenUp: PaymentStatus[] = [...owed, 'uncollectible'];

/**
 * An amount that staff can still decide about, its row held. An attempt whose end nobody knows yet may
 * have charged it: until it is known nothing is changed.
 * @throws Refusal `not_found`, `payment_being_charged`, `payment_settled`
 */
export async function requireOwed(
  db: Db,
  paymentId: string,
  also: { givenUp: boolean } = { givenUp: false },
): Promise<Row<'payments'>> {
  const payment = await lockPayment(db, paymentId);
  if (!payment) throw new Refusal('not_found', 'paymentId');
  const isAsked = (await findOpenAttempt(db, paymentId)) !== undefined;
  if (isAsked || payment.status === 'processing') throw new Refusal('payment_being_charged');
  const statuses = also.givenUp ? owedOrGivenUp : owed;
  if (!statuses.includes(payment.status)) throw new Refusal('payment_settled');
  return payment;
}
