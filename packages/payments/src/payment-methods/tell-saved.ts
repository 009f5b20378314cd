import type { Row, Tx } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { formatAmount } from '../money.ts';
import type { Runtime } from '../runtime.ts';
import { nameMethod } from './name-method.ts';

/**
 * Tells the shopper that a method is on file and up to which sum it may be charged, in the transaction
 * that keeps it: whoever did not save it learns of it at once. One mail a method.
 */
export async function tellSaved(
  tx: Tx,
  runtime: Pick<Runtime, 'clock'>,
  saved: { method: Row<'paymentMethods'>; agreementId: string | null },
): Promise<void> {
  const { method } = saved;
  const customer = await findCustomer(tx, method.customerId);
  if (!customer) throw new Error(`customer ${method.customerId} is gone`);
  const agreement = saved.agreementId ? await findAgreement(tx, saved.agreementId) : undefined;
  const mayCharge = agreement?.usage === 'off_session';
  await queueMail(tx, runtime.clock, {
    kind: 'method_saved',
    about: method.id,
    to: customer.email,
    data: () => ({
      method: nameMethod(method),
      cap: mayCharge ? formatAmount(agreement.capAmountMinor, agreement.currency) : '',
    }),
    customerId: customer.id,
  });
}
