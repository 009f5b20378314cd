import type { Tx } from '@onfile/db/database.ts';
import {
  addMethodToAgreement as nameMethodIn,
  findAgreement,
} from '@onfile/db/tables/agreements.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { pointPayment } from '../payment-methods/point-payment.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

/**
 * A shopper lets another of their methods be charged under an agreement. Only the shopper can: staff
 * pick among the methods that an agreement names.
 * @throws Refusal `not_found`, `agreement_not_active`, `payment_method_detached`
 */
export function addMethodToAgreement(
  runtime: Runtime,
  addition: { customerId: string; agreementId: string; paymentMethodId: string },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    await lockCustomer(tx, addition.customerId);
    const agreement = await findAgreement(tx, addition.agreementId);
    if (agreement?.customerId !== addition.customerId) {
      throw new Refusal('not_found', 'agreementId');
    }
    const method = await findPaymentMethod(tx, addition.paymentMethodId);
    if (method?.customerId !== addition.customerId) {
      throw new Refusal('not_found', 'paymentMethodId');
    }
    if (agreement.status !== 'active') throw new Refusal('agreement_not_active', 'agreementId');
    if (method.status !== 'attached') throw new Refusal('payment_method_detached');
    const now = runtime.clock.now();
    await nameMethodIn(tx, agreement.id, method.id, { addedBy: 'shopper', now });
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: addition.customerId },
      action: 'agreement.method_added',
      subject: { kind: 'agreement', id: agreement.id },
      details: { method: method.id },
    });
    await wakeWaiting(tx, runtime, { agreementId: agreement.id, paymentMethodId: method.id });
  });
}

/** What waited for its shopper under this agreement has a method again. */
async function wakeWaiting(
  tx: Tx,
  runtime: Runtime,
  at: { agreementId: string; paymentMethodId: string },
): Promise<void> {
  const waiting = await listWaitingPayments(tx, { agreementId: at.agreementId });
  for (const payment of waiting) {
    if (payment.nextStep === 'shopper') await pointPayment(tx, runtime, payment.id, at);
  }
}
