import { findBankAccount } from '../bank-accounts.ts';
import type { BankAccount, DebitType } from '../bank-accounts.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import { buildMicrodepositAction } from '../next-action.ts';
import type { Row } from '../stored-objects.ts';
import { keepOrSpend, requireAction, singleUseOf } from './approve-payment.ts';
import { makeCharge } from './build-charge.ts';
import type { PaymentConfirmation } from './confirm-payment-intent.ts';
import { acceptanceFor, activateMandate, findMandate, mandateMissing } from './mandates.ts';

/** How long a bank takes, in seconds, as measured in test mode (stripe.md 8.2). */
const SETTLE_SECONDS: { [type in DebitType]: number } = {
  sepa_debit: 15,
  au_becs_debit: 180,
  us_bank_account: 20,
};
const DELAYED_SECONDS = 200;

/** The test row that decides for a bank account. */
export function bankOf(method: Row<'payment_method'>): BankAccount {
  const bank = findBankAccount(method.hidden.behaviour);
  if (bank === undefined) throw new Error(`Unknown bank account ${method.hidden.behaviour}`);
  return bank;
}

/**
 * Sends a debit to the bank, which answers later: `processing` until then. Throws 400 when nobody has
 * agreed to it, and leaves the intent in `requires_confirmation`. An unverified US account is verified
 * by two small deposits first.
 */
export function submitDebit(
  account: Account,
  intent: Row<'payment_intent'>,
  confirmation: PaymentConfirmation,
): void {
  const { method } = confirmation;
  const { object, hidden } = intent;
  object.payment_method = method.object.id;
  const mandate = findMandate(account, method, {
    acceptance: acceptanceFor(account, hidden.sessionId, confirmation),
    mandateId: confirmation.mandateId ?? null,
    singleUse: singleUseOf(intent, method.object.type),
  });
  if (mandate === undefined) {
    object.status = 'requires_confirmation';
    save(account, 'payment_intent', intent);
    throw mandateMissing('PaymentIntent', object);
  }
  hidden.mandate = mandate.object.id;
  if (method.hidden.verified !== true) {
    object.next_action = buildMicrodepositAction(account, object);
    requireAction(account, intent);
    return;
  }
  startDebit(account, intent, method);
}

/** The debit is on its way. Events: payment_intent.processing, charge.pending. */
export function startDebit(
  account: Account,
  intent: Row<'payment_intent'>,
  method: Row<'payment_method'>,
): void {
  const { object, hidden } = intent;
  const mandate = hidden.mandate ?? null;
  const charge = makeCharge(account, {
    intent: object,
    method,
    declined: null,
    pending: true,
    offSession: false,
    challengePassed: false,
    mandate,
  });
  object.status = 'processing';
  object.latest_charge = charge.id;
  object.next_action = null;
  hidden.dueAt = dueAt(account, bankOf(method));
  save(account, 'payment_intent', intent);
  keepOrSpend(account, intent, method, false);
  emitEvent(account, 'payment_intent.processing', object);
  emitEvent(account, 'charge.pending', charge);
  if (mandate !== null) activateMandate(account, mandate, method);
}

/** Null for the account whose debits never end. A setting per type overrides the usual delay. */
function dueAt(account: Account, bank: BankAccount): number | null {
  if (bank.outcome === 'stay_processing') return null;
  const { store, clock } = account.ctx;
  const set = Number(store.setting(`settle_seconds_${bank.type}`) ?? NaN);
  const usual = Number.isFinite(set) ? set : SETTLE_SECONDS[bank.type];
  return clock.seconds() + (bank.delayed === true ? Math.max(usual, DELAYED_SECONDS) : usual);
}
