import Stripe from 'stripe';
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

/** Takes an event as news: asks Stripe where the snapshot is not final, then goes to the door. */
export type Handler = (runtime: Runtime, event: Stripe.Event, asking: Asking) => Promise<void>;

interface Listened {
  handle: Handler;
  /** Why we listen. */
  why: string;
}

const registry: Record<string, Listened> = {
  'checkout.session.completed': {
    handle: handleCheckoutSession,
    why: 'a method was saved, or an order was paid',
  },
  'checkout.session.async_payment_succeeded': {
    handle: handleCheckoutSession,
    why: 'a debit that was on its way has arrived',
  },
  'checkout.session.async_payment_failed': {
    handle: handleCheckoutSession,
    why: 'a debit that was on its way has failed',
  },
  'checkout.session.expired': { handle: handleCheckoutSession, why: 'the page can no longer save' },
  'setup_intent.succeeded': { handle: handleSetupIntent, why: 'an account was verified: saved' },
  'setup_intent.setup_failed': { handle: handleSetupIntent, why: 'the bank would not confirm it' },
  'setup_intent.requires_action': {
    handle: handleSetupIntent,
    why: 'the shopper must confirm small deposits',
  },
  'setup_intent.canceled': { handle: handleSetupIntent, why: 'the wait for the shopper is over' },
  'payment_intent.succeeded': { handle: handlePaymentIntent, why: 'the payment is paid' },
  'payment_intent.payment_failed': { handle: handlePaymentIntent, why: 'the bank said no' },
  'payment_intent.processing': { handle: handlePaymentIntent, why: 'the money is on its way' },
  'payment_intent.requires_action': { handle: handlePaymentIntent, why: 'the shopper must act' },
  'payment_intent.amount_capturable_updated': {
    handle: handlePaymentIntent,
    why: 'the funds are held',
  },
  'payment_intent.canceled': { handle: handlePaymentIntent, why: 'the intent has ended' },
  'mandate.updated': {
    handle: handleMandate,
    why: 'the permission to debit an account was given or taken back',
  },
  'payment_method.attached': {
    handle: handlePaymentMethod,
    why: 'saved elsewhere: in the Dashboard, the portal, on another device',
  },
  'payment_method.detached': { handle: handlePaymentMethod, why: 'removed elsewhere' },
  'payment_method.updated': { handle: handlePaymentMethod, why: 'changed elsewhere' },
  'payment_method.automatically_updated': {
    handle: handlePaymentMethod,
    why: 'the bank sent a new number or expiry',
  },
  'refund.created': { handle: handleRefund, why: 'given back, here or in the Dashboard' },
  'refund.updated': { handle: handleRefund, why: 'one that was pending has come to an end' },
  'charge.refund.updated': {
    handle: handleRefund,
    why: 'what some methods send in place of refund.updated',
  },
  'refund.failed': { handle: handleRefund, why: 'it came back: the amount is owed again' },
  'charge.refunded': { handle: handleChargeRefunded, why: 'a refund that no other event told' },
  'charge.dispute.created': { handle: handleDispute, why: 'the owner takes a payment back' },
  'charge.dispute.updated': { handle: handleDispute, why: 'its evidence or its term has changed' },
  'charge.dispute.closed': { handle: handleDispute, why: 'the bank has decided' },
  'charge.dispute.funds_withdrawn': { handle: handleDispute, why: 'the money is gone for now' },
  'charge.dispute.funds_reinstated': { handle: handleDispute, why: 'the money is back' },
  'customer.deleted': {
    handle: handleCustomerDeleted,
    why: 'what was saved there can no longer be charged',
  },
  'radar.early_fraud_warning.created': {
    handle: handleFraudWarning,
    why: 'the bank suspects fraud: staff may refund before it is disputed',
  },
};

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

/** The handler of an event type; undefined for a type that we keep and do not use. */
export function findHandler(type: string): Handler | undefined {
  return Object.hasOwn(registry, type) ? registry[type]?.handle : undefined;
}

/** The version in which snapshots are read; of any other, an event is news and nothing more. */
export const readVersion: string = Stripe.API_VERSION;

/** Why each type is listened to, by its name. */
export const whyListened: Record<string, string> = Object.fromEntries(
  Object.entries(registry).map(([type, { why }]) => [type, why]),
);

/** Every event type that must be enabled at Stripe. */
export const listenedTypes = Object.keys(
  registry,
) as Stripe.WebhookEndpointCreateParams.EnabledEvent[];
