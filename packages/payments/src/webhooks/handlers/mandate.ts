import type Stripe from 'stripe';
import { findPaymentMethodByStripeId, setMandate } from '@onfile/db/tables/payment-methods.ts';
import { audit } from '../../audit.ts';
import { stripeIdOf } from '../../stripe/stripe-id.ts';
import type { Handler } from '../handlers.ts';

/**
 * The permission to debit an account was given, or taken back by its owner or their bank: after that
 * nothing charges it any more.
 */
export const handleMandate: Handler = async (runtime, event) => {
  const { id } = event.data.object as Stripe.Mandate;
  const asOf = runtime.clock.now();
  const mandate = await runtime.stripe.mandates.retrieve(id);
  if (mandate.type === 'single_use') return;
  const stripeMethodId = stripeIdOf(mandate.payment_method);
  const method = stripeMethodId && (await findPaymentMethodByStripeId(runtime.db, stripeMethodId));
  if (!method) return;
  // A newer mandate of the same account is not ended by the end of an older one.
  const isOther = method.stripeMandateId !== null && method.stripeMandateId !== mandate.id;
  if (isOther && mandate.status !== 'active') return;
  if (method.stripeMandateId === mandate.id && method.mandateStatus === mandate.status) return;
  await setMandate(runtime.db, method.id, {
    stripeMandateId: mandate.id,
    mandateStatus: mandate.status,
    now: asOf,
  });
  await audit(runtime.db, runtime.clock, {
    actor: { kind: 'stripe' },
    action: 'payment_method.mandate_changed',
    subject: { kind: 'payment_method', id: method.id },
    details: { event: event.id, mandate: mandate.id, status: mandate.status },
  });
};
