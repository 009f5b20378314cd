import Stripe from 'stripe';

/** Why each type of event is listened to; the rest of the registry, who handles it, is in `handlers`. */
export const whyListened = {
  'checkout.session.completed': 'a method was saved, or an order was paid',
  'checkout.session.async_payment_succeeded': 'a debit that was on its way has arrived',
  'checkout.session.async_payment_failed': 'a debit that was on its way has failed',
  'checkout.session.expired': 'the page can no longer save',
  'setup_intent.succeeded': 'an account was verified: saved',
  'setup_intent.setup_failed': 'the bank would not confirm it',
  'setup_intent.requires_action': 'the shopper must confirm small deposits',
  'setup_intent.canceled': 'the wait for the shopper is over',
  'payment_intent.succeeded': 'the payment is paid',
  'payment_intent.payment_failed': 'the bank said no',
  'payment_intent.processing': 'the money is on its way',
  'payment_intent.requires_action': 'the shopper must act',
  'payment_intent.amount_capturable_updated': 'the funds are held',
  'payment_intent.canceled': 'the intent has ended',
  'mandate.updated': 'the permission to debit an account was given or taken back',
  'payment_method.attached': 'saved elsewhere: in the Dashboard, the portal, on another device',
  'payment_method.detached': 'removed elsewhere',
  'payment_method.updated': 'changed elsewhere',
  'payment_method.automatically_updated': 'the bank sent a new number or expiry',
  'refund.created': 'given back, here or in the Dashboard',
  'refund.updated': 'one that was pending has come to an end',
  'charge.refund.updated': 'what some methods send in place of refund.updated',
  'refund.failed': 'it came back: the amount is owed again',
  'charge.refunded': 'a refund that no other event told',
  'charge.dispute.created': 'the owner takes a payment back',
  'charge.dispute.updated': 'its evidence or its term has changed',
  'charge.dispute.closed': 'the bank has decided',
  'charge.dispute.funds_withdrawn': 'the money is gone for now',
  'charge.dispute.funds_reinstated': 'the money is back',
  'customer.deleted': 'what was saved there can no longer be charged',
  'radar.early_fraud_warning.created':
    'the bank suspects fraud: staff may refund before it is disputed',
} as const satisfies Partial<Record<Stripe.WebhookEndpointCreateParams.EnabledEvent, string>>;

export type ListenedType = keyof typeof whyListened;

/** Whether an event of this type has a handler; of another it is kept, and not used. */
export function isListened(type: string): type is ListenedType {
  return Object.hasOwn(whyListened, type);
}

/** Every event type that must be enabled at Stripe. */
export const listenedTypes = Object.keys(whyListened) as ListenedType[];

/** What says how something ended: its snapshot is final, and most of these need no question to Stripe. */
export function tellsAnEnd(type: string): boolean {
  return /\.(succeeded|canceled|expired|deleted)$/.test(type);
}

/** Everything else is news that something changed: its handler asks Stripe what. */
export const askingTypes = listenedTypes.filter((type) => !tellsAnEnd(type));

/** What Stripe sends about the same objects and we need not hear, and why. */
export const unheard: Record<string, string> = {
  'setup_intent.created': 'we have made it ourselves, or its Session has',
  'payment_intent.created': 'its answer tells; a lost one is asked for by the attempt',
  'payment_intent.partially_funded': 'of bank transfers only, which are not taken',
  'customer.created': 'we have made it ourselves, or its Session has',
  'customer.updated': 'name and address are the shop’s own here, the default as well',
  'charge.succeeded': 'its intent tells',
  'charge.failed': 'its intent tells',
  'charge.pending': 'its intent tells',
  'charge.captured': 'its intent tells',
  'charge.expired': 'its intent tells: it is canceled',
  'charge.updated': 'of the balance transaction, which is not kept',
};

/** The version in which snapshots are read; of any other, an event is news and nothing more. */
export const readVersion: string = Stripe.API_VERSION;
