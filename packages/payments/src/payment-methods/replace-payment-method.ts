import type { Db, Row, Tx } from '@onfile/db/database.ts';
import { addMethodToAgreement, listAgreementsNaming } from '@onfile/db/tables/agreements.ts';
import { setDefaultMethod } from '@onfile/db/tables/customers.ts';
import { listWaitingPayments, updatePayment } from '@onfile/db/tables/payments.ts';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import type { Runtime } from '../runtime.ts';

/** What stops working with a method: agreements that name it, payments that wait to be charged to it. */
export interface Dependants {
  agreements: Row<'agreements'>[];
  payments: Row<'payments'>[];
}

/** What acts on it reads it inside its transaction, while the customer's row is held. */
export async function findDependants(db: Db, paymentMethodId: string): Promise<Dependants> {
  return {
    agreements: await listAgreementsNaming(db, paymentMethodId),
    payments: await listWaitingPayments(db, { paymentMethodId }),
  };
}

/**
 * Puts one method in another's place, in one transaction: in the agreements that name it, on the
 * payments that wait for their day, and as the default.
 */
export async function repoint(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  move: {
    customer: Row<'customers'>;
    from: Row<'paymentMethods'>;
    to: Row<'paymentMethods'>;
    dependants: Dependants;
    /** Whether the shopper chose this or one card was found to be saved twice. */
    addedBy: 'shopper' | 'merge';
    actor: Actor;
  },
): Promise<void> {
  const { customer, from, to, dependants, addedBy } = move;
  const now = runtime.clock.now();
  for (const agreement of dependants.agreements) {
    await addMethodToAgreement(tx, agreement.id, to.id, { addedBy, now });
    await audit(tx, runtime.clock, {
      actor: move.actor,
      action: 'agreement.method_added',
      subject: { kind: 'agreement', id: agreement.id },
      details: { method: to.id, inPlaceOf: from.id, by: addedBy },
    });
  }
  for (const payment of dependants.payments) {
    await updatePayment(tx, payment.id, { paymentMethodId: to.id, updatedAt: now });
    await planNextStep(tx, runtime, payment.id);
  }
  if (customer.defaultPaymentMethodId === from.id) {
    await setDefaultMethod(tx, customer.id, to.id, now);
  }
}
