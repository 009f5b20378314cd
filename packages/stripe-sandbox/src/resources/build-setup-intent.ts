import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { newClientSecret, newId } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import { ownerFields } from '../owner.ts';

type NewSetupIntent = {
  customer: string | null;
  description: string | null;
  metadata: Stripe.Metadata;
  usage: 'off_session' | 'on_session';
  automaticPaymentMethods: Stripe.SetupIntent.AutomaticPaymentMethods | null;
  /** The Checkout Session it belongs to. */
  sessionId: string | null;
  /** Which methods it takes; absent: cards. */
  types?: Pick<
    Stripe.SetupIntent,
    'allowed_payment_method_types' | 'excluded_payment_method_types' | 'payment_method_types'
  >;
  options?: Stripe.SetupIntent.PaymentMethodOptions;
};

/** Makes and keeps a SetupIntent without a payment method. Event: setup_intent.created. */
export function makeSetupIntent(account: Account, given: NewSetupIntent): Row<'setup_intent'> {
  const id = newId('seti');
  const object: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: given.automaticPaymentMethods,
    cancellation_reason: null,
    client_secret: newClientSecret(id),
    created: account.ctx.clock.seconds(),
    ...ownerFields(given.customer),
    description: given.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: given.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: given.options ?? {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: given.usage,
    ...given.types,
  };
  const row: Row<'setup_intent'> = { object, hidden: { sessionId: given.sessionId } };
  account.ctx.store.insert(account.id, 'setup_intent', row);
  emitEvent(account, 'setup_intent.created', object);
  return row;
}
