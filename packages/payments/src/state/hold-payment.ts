import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPayment, lockPaymentOf } from '@onfile/db/tables/payments.ts';

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
