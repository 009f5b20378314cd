import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findPaymentMethodByStripeId, setMandate } from '@onfile/db/tables/payment-methods.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../../audit.ts';
import { planNextStep } from '../../charging/plan-next-step.ts';
import { holdOwner } from '../../customers/hold-owner.ts';
import { queueMail } from '../../mail/queue-mail.ts';
import { nameMethod } from '../../payment-methods/name-method.ts';
import type { Runtime } from '../../runtime.ts';
import { stripeIdOf } from '../../stripe/stripe-id.ts';
import type { Handler } from '../handlers.ts';

/**
 * The permission to debit an account was given, or taken back by its owner or their bank: after that
 * nothing charges it any more, and what was to be charged to it waits for its shopper.
 */
export const handleMandate: Handler = async (runtime, event, asking) => {
  const { id } = event.data.object as Stripe.Mandate;
  const { mandate, asOf } = await asking.once(`mandate ${id}`, async () => {
    const asOf = runtime.clock.now();
    return { asOf, mandate: await runtime.stripe.mandates.retrieve(id) };
  });
  if (mandate.type === 'single_use') return;
  const stripeMethodId = stripeIdOf(mandate.payment_method);
  if (!stripeMethodId || !(await findPaymentMethodByStripeId(runtime.db, stripeMethodId))) return;
  await inTransaction(runtime.db, async (tx) => {
    // As it is now: two mandates of one account are two objects, whose events are handled side by side.
    const read = () => findPaymentMethodByStripeId(tx, stripeMethodId);
    const { row: method, customer } = await holdOwner(tx, read);
    if (!isNews(method, mandate)) return;
    const change = { stripeMandateId: mandate.id, mandateStatus: mandate.status, now: asOf };
    await setMandate(tx, method.id, change);
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'payment_method.mandate_changed',
      subject: { kind: 'payment_method', id: method.id },
      details: { event: event.id, mandate: mandate.id, status: mandate.status },
    });
    const waiting = await listWaitingPayments(tx, { paymentMethodId: method.id });
    for (const payment of waiting) await planNextStep(tx, runtime, payment.id);
    if (mandate.status !== 'inactive' || method.status !== 'attached') return;
    const ended = { customer, method, mandateId: mandate.id, waiting: waiting.length };
    await tellMandateEnded(tx, runtime, ended);
  });
};

function isNews(method: Row<'paymentMethods'>, mandate: Stripe.Mandate): boolean {
  if (method.stripeMandateId === mandate.id) return method.mandateStatus !== mandate.status;
  // A newer mandate of the same account is not ended by the end of an older one.
  return method.stripeMandateId === null || mandate.status === 'active';
}

/** Both sides learn that the account can no longer be debited, and what that keeps from being paid. */
async function tellMandateEnded(
  tx: Tx,
  runtime: Runtime,
  ended: {
    customer: Row<'customers'>;
    method: Row<'paymentMethods'>;
    mandateId: string;
    waiting: number;
  },
): Promise<void> {
  const { customer, waiting } = ended;
  const data = () => ({ method: nameMethod(ended.method), waiting });
  await queueMail(tx, runtime.clock, {
    kind: 'mandate_ended',
    about: ended.mandateId,
    to: customer.email,
    data,
    customerId: customer.id,
  });
  await queueMail(tx, runtime.clock, {
    kind: 'mandate_ended_staff',
    about: ended.mandateId,
    to: runtime.settings.mail.staffAddress,
    data: () => ({ ...data(), customerId: customer.id, customer: customer.email }),
    customerId: customer.id,
  });
}
