import type { PersonRecords } from '@onfile/db/views/person-records.ts';
import { m } from '@onfile/messages/messages.js';
import { withdrawAgreement } from '../agreements/withdraw-agreement.ts';
import type { Actor } from '../audit.ts';
import { expireAtStripe } from '../checkout/retire-ways-to-pay.ts';
import { detachPaymentMethod } from '../payment-methods/detach-payment-method.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { settleCheckoutSession } from '../setup/settle-checkout-session.ts';

/**
 * Ends what would go on without the person: pages at Stripe that could still save a card, agreements,
 * methods on file. Each is written down before Stripe is called; what has ended already is left.
 * @throws Refusal `stripe_unavailable`: the worker goes on, and so does the next run;
 *   `customer_not_erasable` when Stripe will not let a method go
 */
export async function endRelations(
  runtime: Runtime,
  records: PersonRecords,
  by: Actor,
): Promise<void> {
  for (const { id, status, stripeSessionId } of records.checkoutSessions) {
    if (status !== 'open' || !stripeSessionId) continue;
    await expireAtStripe(runtime, { sessionId: id, stripeSessionId });
    await settleCheckoutSession(runtime, stripeSessionId, by);
  }
  for (const { id, customerId, status } of records.agreements) {
    if (status !== 'active') continue;
    await withdrawAgreement(runtime, { customerId, agreementId: id, by });
  }
  for (const { id, customerId, status } of records.paymentMethods) {
    if (status === 'detached') continue;
    const ended = await detach(runtime, { customerId, paymentMethodId: id, by });
    if (ended === 'detaching') throw new Refusal('stripe_unavailable');
  }
}

/** Whoever erases is told what is in the way, not what a shopper is told who removes a method. */
async function detach(
  runtime: Runtime,
  removal: Parameters<typeof detachPaymentMethod>[1],
): Promise<'detached' | 'detaching'> {
  try {
    return await detachPaymentMethod(runtime, removal);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'stripe_refused') throw error;
    const why = m.erasure_method_kept({ id: removal.paymentMethodId });
    throw new Refusal('customer_not_erasable', null, { why });
  }
}
