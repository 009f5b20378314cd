import type { Row, Tx } from '@onfile/db/database.ts';
import { findPayment, lockPayment } from '@onfile/db/tables/payments.ts';
import { holdOwner } from '../customers/hold-owner.ts';

/**
 * Reads a payment and holds it until the transaction ends, its customer first, as everybody does who
 * charges, removes, or joins a guest's records to an account: in another order, each of two could wait
 * for the other.
 */
export async function holdPayment(tx: Tx, paymentId: string): Promise<Row<'payments'> | undefined> {
  if (!(await findPayment(tx, paymentId))) return undefined;
  await holdOwner(tx, () => findPayment(tx, paymentId));
  return lockPayment(tx, paymentId);
}
