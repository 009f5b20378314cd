import type { Db, Row } from '../database.ts';
import { findAgreement } from '../tables/agreements.ts';
import { listAttempts } from '../tables/attempts.ts';
import { findCustomer } from '../tables/customers.ts';
import { findDispute } from '../tables/disputes.ts';
import { findOrder } from '../tables/orders.ts';
import { findPaymentMethod } from '../tables/payment-methods.ts';
import { findPayment } from '../tables/payments.ts';
import { listRefunds } from '../tables/refunds.ts';
import { findTermsVersion } from '../tables/terms-versions.ts';

/** What is on record of a disputed payment: everything that its evidence is made of. */
export interface DisputeFacts {
  dispute: Row<'disputes'>;
  payment: Row<'payments'>;
  customer: Row<'customers'>;
  method: Row<'paymentMethods'> | null;
  order: (Row<'orders'> & { items: Row<'orderItems'>[] }) | null;
  agreement: Row<'agreements'> | null;
  terms: Row<'termsVersions'> | null;
  attempts: Row<'attempts'>[];
  refunds: Row<'refunds'>[];
  /** Mails to the customer about this payment: itself, its refunds, agreement, method and order. */
  mails: Pick<Row<'outbox'>, 'id' | 'kind' | 'toAddress' | 'subject' | 'createdAt' | 'sentAt'>[];
}

const maxMails = 200;

export async function findDisputeFacts(
  db: Db,
  disputeId: string,
): Promise<DisputeFacts | undefined> {
  const dispute = await findDispute(db, disputeId);
  const payment = dispute && (await findPayment(db, dispute.paymentId));
  const customer = payment && (await findCustomer(db, payment.customerId));
  if (!customer) return undefined;
  const order = await findNamed(db, payment.orderId, findOrder);
  const agreement = await findNamed(db, payment.agreementId, findAgreement);
  const refunds = await listRefunds(db, [payment.id]);
  const subjects = [payment, order, agreement, ...refunds].flatMap((row) => (row ? [row.id] : []));
  const methodId = dispute.paymentMethodId;
  return {
    dispute,
    payment,
    customer,
    method: await findNamed(db, dispute.paymentMethodId, findPaymentMethod),
    order: order ? { ...order, items: await listItems(db, order.id) } : null,
    agreement,
    terms: await findNamed(db, agreement?.termsVersionId ?? null, findTermsVersion),
    attempts: await listAttempts(db, payment.id),
    refunds,
    mails: await listMailsAbout(db, customer, methodId ? [...subjects, methodId] : subjects),
  };
}

/** A row that another may name. */
async function findNamed<Found>(
  db: Db,
  id: string | null,
  find: (db: Db, id: string) => Promise<Found | undefined>,
): Promise<Found | null> {
  return id === null ? null : ((await find(db, id)) ?? null);
}

function listItems(db: Db, orderId: string): Promise<Row<'orderItems'>[]> {
  return db
    .selectFrom('orderItems')
    .selectAll()
    .where('orderId', '=', orderId)
    .orderBy('position')
    .execute();
}

/** The key of a mail names what it is about. */
async function listMailsAbout(
  db: Db,
  customer: Row<'customers'>,
  subjects: string[],
): Promise<DisputeFacts['mails']> {
  return db
    .selectFrom('outbox')
    .select(['id', 'kind', 'toAddress', 'subject', 'createdAt', 'sentAt'])
    .where('customerId', '=', customer.id)
    .where('toAddress', '=', customer.email)
    .where((eb) => eb.or(subjects.map((id) => eb('dedupeKey', 'like', `%:${id}%`))))
    .orderBy('createdAt')
    .orderBy('id')
    .limit(maxMails)
    .execute();
}
