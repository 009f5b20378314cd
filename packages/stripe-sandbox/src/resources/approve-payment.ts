import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';
import { findTestCard } from '../test-cards.ts';
import { keepOnCustomer } from './attach-payment-method.ts';
import { makeCharge } from './build-charge.ts';
import type { PaymentConfirmation } from './confirm-payment-intent.ts';
import { openDispute } from './disputes/open-dispute.ts';
import { futureUsageOf, isHold } from './intent-options.ts';
import { activateMandate, findMandate } from './mandates.ts';

/** The bank said yes: the money is taken, or held. Some test cards are disputed at once. */
export function approvePayment(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
): void {
  const { object } = intent;
  const { method } = confirmation;
  const mandate = intent.hidden.mandate ?? null;
  const charge = makeCharge(account, {
    intent: object,
    method,
    declined: null,
    offSession: confirmation.offSession,
    challengePassed: confirmation.challengePassed,
    mandate,
  });
  const hold = isHold(object, method.object.type);
  object.status = hold ? 'requires_capture' : 'succeeded';
  object.amount_capturable = hold ? object.amount : 0;
  object.amount_received = hold ? 0 : object.amount;
  object.latest_charge = charge.id;
  object.next_action = null;
  intent.hidden.captureBefore = charge.payment_method_details?.card?.capture_before ?? null;
  save(account, 'payment_intent', intent);
  keepOrSpend(account, intent, method, confirmation.challengePassed);
  emitEvent(account, 'charge.succeeded', charge);
  if (mandate !== null) activateMandate(account, mandate, method);
  emitEvent(
    account,
    hold ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded',
    object,
  );
  if (!hold) disputeTestCard(account, charge, method.hidden.behaviour);
}

/** A card's mandate, where the confirm brought or named one. */
export function cardMandate(
  account: Account,
  intent: Row<'payment_intent'>,
  { method, acceptance, mandateId }: PaymentConfirmation,
): string | null {
  if (!acceptance && typeof mandateId !== 'string') return null;
  const mandate = findMandate(account, method, {
    acceptance: acceptance ?? null,
    mandateId: mandateId ?? null,
    singleUse: singleUseOf(intent, method.object.type),
  });
  return mandate?.object.id ?? null;
}

/** A mandate for this payment alone, unless the method is kept for later ones. */
export function singleUseOf(
  { object, hidden }: Row<'payment_intent'>,
  type: string,
): { amount: number; currency: string } | null {
  if (hidden.saveToCustomer || futureUsageOf(object, type) !== null) return null;
  return { amount: object.amount, currency: object.currency };
}

/** What the test cards of disputes are for; after the payment, so that the product sees it first. */
export function disputeTestCard(
  account: Account,
  charge: Stripe.Charge,
  behaviour: string | undefined,
): void {
  const dispute = findTestCard(behaviour ?? '')?.dispute;
  if (dispute !== undefined) openDispute(account, charge.id, dispute);
}

/** Saved when the intent says so; used up when it belongs to nobody (stripe.md 4.6). */
export function keepOrSpend(
  account: Account,
  intent: Row<'payment_intent'>,
  method: Row<'payment_method'>,
  challengePassed: boolean,
): void {
  const usage = futureUsageOf(intent.object, method.object.type);
  const saving = usage !== null || intent.hidden.saveToCustomer;
  const customer = ownerIdOf(intent.object);
  if (saving && challengePassed) method.hidden.authenticated = true;
  if (ownerIdOf(method.object) === null && !saving) method.hidden.spent = true;
  save(account, 'payment_method', method);
  if (saving && customer !== null) keepOnCustomer(account, method, customer);
}

/** `requires_action`, with the next action that the caller has put there. */
export function requireAction(account: Account, intent: Row<'payment_intent'>): void {
  intent.object.status = 'requires_action';
  save(account, 'payment_intent', intent);
  emitEvent(account, 'payment_intent.requires_action', intent.object);
}
