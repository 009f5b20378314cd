import type { Db, Row } from '@onfile/db/database.ts';
import {
  addMethodToAgreement,
  agreementNamesMethod,
  findAgreement,
} from '@onfile/db/tables/agreements.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { pointPayment } from './point-payment.ts';

/**
 * A shopper chooses another of their methods for one amount that they owe: it is added to the
 * agreement under which that is charged, and what waited for it is tried at once.
 * @throws Refusal `not_found` (also for somebody else's), `agreement_not_active`,
 *   `payment_method_detached`, `method_cannot_be_held`, `payment_under_way`
 */
export function chooseMethodForPayment(
  runtime: Runtime,
  choice: { customerId: string; paymentId: string; paymentMethodId: string },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    await lockCustomer(tx, choice.customerId);
    const { agreement, method } = await readChoice(tx, choice);
    const now = runtime.clock.now();
    if (!(await agreementNamesMethod(tx, agreement.id, method.id))) {
      await addMethodToAgreement(tx, agreement.id, method.id, { addedBy: 'shopper', now });
    }
    const at = { agreementId: agreement.id, paymentMethodId: method.id };
    if (!(await pointPayment(tx, runtime, choice.paymentId, at))) {
      throw new Refusal('payment_under_way');
    }
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: choice.customerId },
      action: 'payment.method_chosen',
      subject: { kind: 'payment', id: choice.paymentId },
      details: { method: method.id, agreement: agreement.id },
    });
  });
}

async function readChoice(
  db: Db,
  choice: { customerId: string; paymentId: string; paymentMethodId: string },
): Promise<{ agreement: Row<'agreements'>; method: Row<'paymentMethods'> }> {
  const payment = await findPayment(db, choice.paymentId);
  if (payment?.customerId !== choice.customerId) throw new Refusal('not_found', 'paymentId');
  const method = await findPaymentMethod(db, choice.paymentMethodId);
  if (method?.customerId !== choice.customerId) throw new Refusal('not_found', 'paymentMethodId');
  if (method.status !== 'attached') throw new Refusal('payment_method_detached', 'paymentMethodId');
  if (payment.kind === 'hold' && method.type !== 'card') {
    throw new Refusal('method_cannot_be_held', 'paymentMethodId');
  }
  const agreement = payment.agreementId && (await findAgreement(db, payment.agreementId));
  if (!agreement || agreement.status !== 'active') {
    throw new Refusal('agreement_not_active', 'paymentId');
  }
  return { agreement, method };
}
