import type Stripe from 'stripe';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../../audit.ts';
import { queueMail } from '../../mail/queue-mail.ts';
import { formatAmount } from '../../money.ts';
import { stripeIdOf } from '../../stripe/stripe-id.ts';
import { isAboutOurIntent } from '../know-intent.ts';
import type { Handler } from '../handlers.ts';
import { holdPayment } from '../../state/hold-payment.ts';

/**
 * A card's bank suspects fraud. It is no dispute yet: staff are told once, and may refund before it
 * becomes one.
 */
export const handleFraudWarning: Handler = async (runtime, event, asking) => {
  const warning = event.data.object as Stripe.Radar.EarlyFraudWarning;
  // An older charge may have no intent to name; its warning does not name one either.
  const chargeId = stripeIdOf(warning.charge) ?? '';
  const about = warning.payment_intent
    ? warning
    : await asking.once(`charge ${chargeId}`, () => runtime.stripe.charges.retrieve(chargeId));
  if (!(await isAboutOurIntent(runtime, asking, about))) return;
  const intentId = stripeIdOf(about.payment_intent) ?? '';
  await inTransaction(runtime.db, async (tx) => {
    const intent = await findIntentByStripeId(tx, intentId);
    const payment = intent && (await holdPayment(tx, intent.paymentId));
    const customer = payment && (await findCustomer(tx, payment.customerId));
    if (!payment || !customer) return;
    const facts = await listAudit(tx, payment.id);
    const action = 'payment.fraud_warning';
    if (facts.some((fact) => fact.action === action && fact.details.includes(warning.id))) return;
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action,
      subject: { kind: 'payment', id: payment.id },
      details: { warning: warning.id, fraudType: warning.fraud_type },
    });
    await queueMail(tx, runtime.clock, {
      kind: 'fraud_warning_staff',
      about: warning.id,
      to: runtime.settings.mail.staffAddress,
      data: () => ({
        amount: formatAmount(payment.amountMinor, payment.currency),
        reason: payment.reason,
        paymentId: payment.id,
        customer: customer.email,
      }),
      customerId: customer.id,
    });
  });
};
