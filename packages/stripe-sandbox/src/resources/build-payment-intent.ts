import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { newClientSecret, newId } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import { ownerFields } from '../owner.ts';
import { defaultOptions } from './intent-options.ts';

type NewPaymentIntent = {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Stripe.Metadata;
  automaticPaymentMethods: Stripe.PaymentIntent.AutomaticPaymentMethods | null;
  captureMethod: 'automatic' | 'automatic_async' | 'manual';
  confirmationMethod: 'automatic' | 'manual';
  setupFutureUsage: 'on_session' | 'off_session' | null;
  receiptEmail: string | null;
  shipping: Stripe.PaymentIntent.Shipping | null;
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
  /** The Checkout Session it belongs to. */
  sessionId: string | null;
  /** Which methods it takes; absent: cards. */
  types?: Pick<
    Stripe.PaymentIntent,
    'allowed_payment_method_types' | 'excluded_payment_method_types' | 'payment_method_types'
  >;
  options?: Stripe.PaymentIntent.PaymentMethodOptions;
};

/** Makes and keeps a PaymentIntent without a payment method. Event: payment_intent.created. */
export function makePaymentIntent(
  account: Account,
  given: NewPaymentIntent,
): Row<'payment_intent'> {
  const id = newId('pi');
  const object: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: given.automaticPaymentMethods,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.captureMethod,
    client_secret: newClientSecret(id),
    confirmation_method: given.confirmationMethod,
    created: account.ctx.clock.seconds(),
    currency: given.currency,
    ...ownerFields(given.customer),
    description: given.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: given.options ?? defaultOptions(),
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: given.receiptEmail,
    review: null,
    setup_future_usage: given.setupFutureUsage,
    shipping: given.shipping,
    source: null,
    statement_descriptor: given.statementDescriptor,
    statement_descriptor_suffix: given.statementDescriptorSuffix,
    status: 'requires_payment_method',
    transfer_group: null,
    ...given.types,
  };
  const row: Row<'payment_intent'> = {
    object,
    hidden: { sessionId: given.sessionId, captureBefore: null, saveToCustomer: false },
  };
  account.ctx.store.insert(account.id, 'payment_intent', row);
  emitEvent(account, 'payment_intent.created', object);
  return row;
}
