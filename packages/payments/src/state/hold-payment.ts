import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer, lockCustomers } from '@onfile/db/tables/customers.ts';
import {
  listPaymentOwners,
  listPaymentsOfIntents,
  lockPaymentOf,
  lockPayments,
} from '@onfile/db/tables/held-payments.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';

/**
 * Reads a payment and holds it until the transaction ends, its customer first, as everybody does who
 * charges, removes, or joins a guest's records to an account: in another order, each of two could wait
 * for the other.
 */
export async function holdPayment(tx: Tx, paymentId: string): Promise<Row<'payments'> | undefined> {
  const payment = await findPayment(tx, paymentId);
  return payment && holdFoundPayment(tx, payment);
}

/** The same for one that was just read. */
export async function holdFoundPayment(
  tx: Tx,
  found: Row<'payments'>,
): Promise<Row<'payments'> | undefined> {
  let payment: Row<'payments'> | undefined = found;
  while (payment) {
    const customer = await lockCustomer(tx, payment.customerId);
    if (!customer) throw new Error(`customer ${payment.customerId} is gone`);
    const held = await lockPaymentOf(tx, payment);
    if (held) return held;
    // While we waited, a guest's records have joined an account: then the account is held.
    payment = await findPayment(tx, found.id);
  }
  return undefined;
}

/**
 * The same for the payments of several intents at once: of each customer one, and none that has another
 * customer by the time that it is held. The first of a customer's, but one that is known here before one
 * that is not: it may have to make room for it. Customers and payments are each held in the order of their
 * ids, so that no two who do this wait for each other.
 * @param intents each with the payment that it names; one that is known here is that payment's anyway
 * @returns the payments that are held, by Stripe's id of the intent
 */
export async function holdPaymentsOf(
  tx: Tx,
  intents: { id: string; paymentId: string | null }[],
): Promise<Map<string, Row<'payments'>>> {
  const found = await findPaymentsOf(tx, intents);
  const firstOf = Map.groupBy(found, ({ customerId }) => customerId);
  const chosen = [...firstOf.values()].flatMap(([first]) => first ?? []);
  if (chosen.length === 0) return new Map();
  const customerIds = chosen.map(({ customerId }) => customerId);
  await lockCustomers(tx, customerIds);
  const paymentIds = chosen.map(({ id }) => id);
  const rows = await lockPayments(tx, paymentIds);
  const held = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    chosen.flatMap(({ id, customerId, intentId }) => {
      const payment = held.get(id);
      return payment?.customerId === customerId ? [[intentId, payment]] : [];
    }),
  );
}

async function findPaymentsOf(
  tx: Tx,
  intents: { id: string; paymentId: string | null }[],
): Promise<{ id: string; customerId: string; intentId: string }[]> {
  if (intents.length === 0) return [];
  const rows = await listPaymentsOfIntents(
    tx,
    intents.map(({ id }) => id),
  );
  const known = new Map(rows.map((row) => [row.stripePaymentIntentId, row]));
  const found = intents.flatMap((intent) => {
    const row = known.get(intent.id);
    return row ? [{ id: row.id, customerId: row.customerId, intentId: intent.id }] : [];
  });
  const named = intents.flatMap(({ id, paymentId }) =>
    known.has(id) || paymentId === null ? [] : [{ intentId: id, paymentId }],
  );
  if (named.length === 0) return found;
  const owners = await listPaymentOwners(
    tx,
    named.map(({ paymentId }) => paymentId),
  );
  const ownerOf = new Map(owners.map(({ id, customerId }) => [id, customerId]));
  const news = named.flatMap(({ intentId, paymentId }) => {
    const customerId = ownerOf.get(paymentId);
    return customerId === undefined ? [] : [{ id: paymentId, customerId, intentId }];
  });
  return [...found, ...news];
}
