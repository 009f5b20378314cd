import type Stripe from 'stripe';
import {
  findPaymentMethodByStripeId,
  setPaymentMethodFacts,
  setPaymentMethodStatus,
} from '@onfile/db/tables/payment-methods.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../../audit.ts';
import { paymentMethodFacts } from '../../payment-methods/payment-method-facts.ts';
import type { Handler } from '../handlers.ts';

/** A method of ours was changed or detached, here or elsewhere: our projection follows Stripe's. */
export const handlePaymentMethod: Handler = async (runtime, event) => {
  const { id } = event.data.object as Stripe.PaymentMethod;
  const known = await findPaymentMethodByStripeId(runtime.db, id);
  if (!known) return;
  const method = await runtime.stripe.paymentMethods.retrieve(id);
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await setPaymentMethodFacts(tx, known.id, paymentMethodFacts(method), now);
    if (method.customer !== null) return;
    const isNews = await setPaymentMethodStatus(tx, known.id, 'detached', now);
    if (!isNews) return;
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'payment_method.detached',
      subject: { kind: 'payment_method', id: known.id },
      details: { event: event.id },
    });
  });
};
