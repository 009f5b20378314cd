import type Stripe from 'stripe';
import { syncPaymentMethod } from '../../payment-methods/sync-payment-method.ts';
import type { Handler } from '../handlers.ts';

/** A method was changed, attached or detached, here or elsewhere: Stripe is asked how it is now. */
export const handlePaymentMethod: Handler = async (runtime, event, asking) => {
  const { id } = event.data.object as Stripe.PaymentMethod;
  const answer = await asking.once(`payment_method ${id}`, async () => {
    const asOf = runtime.clock.now();
    return { asOf, method: await runtime.stripe.paymentMethods.retrieve(id) };
  });
  const byBank = event.type === 'payment_method.automatically_updated';
  await syncPaymentMethod(runtime, { ...answer, because: event.id, byBank });
};
