import type Stripe from 'stripe';
import type { Runtime } from '../runtime.ts';
import type { Asking } from './asking.ts';
import { handleCheckoutSession } from './handlers/checkout-session.ts';
import { handleCustomerDeleted } from './handlers/customer.ts';
import { handleDispute } from './handlers/dispute.ts';
import { handleFraudWarning } from './handlers/fraud-warning.ts';
import { handleMandate } from './handlers/mandate.ts';
import { handlePaymentIntent } from './handlers/payment-intent.ts';
import { handlePaymentMethod } from './handlers/payment-method.ts';
import { handleChargeRefunded, handleRefund } from './handlers/refund.ts';
import { handleSetupIntent } from './handlers/setup-intent.ts';
import { isListened } from './listened.ts';
import type { ListenedType } from './listened.ts';

/** Takes an event as news: asks Stripe where the snapshot is not final, then goes to the door. */
export type Handler = (runtime: Runtime, event: Stripe.Event, asking: Asking) => Promise<void>;

/** Who handles each type that is listened to. */
const handlers: Record<ListenedType, Handler> = {
  'checkout.session.completed': handleCheckoutSession,
  'checkout.session.async_payment_succeeded': handleCheckoutSession,
  'checkout.session.async_payment_failed': handleCheckoutSession,
  'checkout.session.expired': handleCheckoutSession,
  'setup_intent.succeeded': handleSetupIntent,
  'setup_intent.setup_failed': handleSetupIntent,
  'setup_intent.requires_action': handleSetupIntent,
  'setup_intent.canceled': handleSetupIntent,
  'payment_intent.succeeded': handlePaymentIntent,
  'payment_intent.payment_failed': handlePaymentIntent,
  'payment_intent.processing': handlePaymentIntent,
  'payment_intent.requires_action': handlePaymentIntent,
  'payment_intent.amount_capturable_updated': handlePaymentIntent,
  'payment_intent.canceled': handlePaymentIntent,
  'mandate.updated': handleMandate,
  'payment_method.attached': handlePaymentMethod,
  'payment_method.detached': handlePaymentMethod,
  'payment_method.updated': handlePaymentMethod,
  'payment_method.automatically_updated': handlePaymentMethod,
  'refund.created': handleRefund,
  'refund.updated': handleRefund,
  'charge.refund.updated': handleRefund,
  'refund.failed': handleRefund,
  'charge.refunded': handleChargeRefunded,
  'charge.dispute.created': handleDispute,
  'charge.dispute.updated': handleDispute,
  'charge.dispute.closed': handleDispute,
  'charge.dispute.funds_withdrawn': handleDispute,
  'charge.dispute.funds_reinstated': handleDispute,
  'customer.deleted': handleCustomerDeleted,
  'radar.early_fraud_warning.created': handleFraudWarning,
};

/** The handler of an event type; undefined for a type that we keep and do not use. */
export function findHandler(type: string): Handler | undefined {
  return isListened(type) ? handlers[type] : undefined;
}
