import type Stripe from 'stripe';
import { findBankAccount } from '../bank-accounts.ts';
import type { DebitFailure } from '../bank-accounts.ts';
import { sessionSettled } from '../checkout/settle-session.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import type { StripeErrorBody } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import { addToBalance } from './build-charge.ts';
import { buildBankOutcome } from './charge-outcome.ts';
import { closeDispute } from './disputes/close-dispute.ts';
import { openDispute } from './disputes/open-dispute.ts';
import { deactivateMandate } from './mandates.ts';

/** The failure codes that an intent's last error may carry itself (stripe.md 4.10). */
const OWN_CODES: ReadonlySet<DebitFailure> = new Set([
  'account_closed',
  'no_account',
  'insufficient_funds',
  'debit_not_authorized',
  'refer_to_customer',
  'charge_exceeds_source_limit',
  'bank_account_restricted',
]);

const WORDS: { [failure in DebitFailure]: string } = {
  incorrect_account_holder_name: "The account holder's name does not match the account.",
  account_closed: 'The bank account has been closed.',
  no_account: 'The bank account could not be located.',
  insufficient_funds: 'The bank account has insufficient funds to complete the purchase.',
  debit_not_authorized: 'The customer has notified their bank that this debit was unauthorized.',
  invalid_currency: 'The bank was unable to process this debit because of its currency.',
  charge_exceeds_source_limit: 'This payment exceeds the weekly volume limit of the bank account.',
  charge_exceeds_weekly_limit: 'This payment exceeds the weekly limit of the bank account.',
  refer_to_customer: 'The bank asks you to contact the customer.',
  bank_account_restricted: 'The bank account does not allow debits.',
};

/** The bank has answered a debit: paid, sent back, or paid and disputed at once. */
export function settleDebit(account: Account, intent: Row<'payment_intent'>): void {
  intent.hidden.dueAt = null;
  const charge = getByPath(account, 'charge', idOf(intent.object.latest_charge) ?? '');
  const outcome = findBankAccount(charge.hidden.behaviour ?? '')?.outcome ?? 'succeed';
  if (outcome === 'succeed' || outcome === 'dispute' || outcome === 'stay_processing') {
    succeed(account, intent, charge);
    if (outcome === 'dispute') {
      const reason = 'debit_not_authorized';
      const dispute = openDispute(account, charge.object.id, { reason });
      // Nobody is asked for evidence: what the owner of an account takes back is gone.
      closeDispute(account, dispute.id, 'lost');
    }
    return;
  }
  fail(account, intent, charge, outcome);
}

function succeed(account: Account, intent: Row<'payment_intent'>, charge: Row<'charge'>): void {
  const { object } = charge;
  object.status = 'succeeded';
  object.paid = true;
  object.captured = true;
  object.amount_captured = object.amount;
  object.outcome = buildBankOutcome('succeeded', null);
  addToBalance(account, object, object.amount, false);
  save(account, 'charge', charge);
  intent.object.status = 'succeeded';
  intent.object.amount_received = intent.object.amount;
  save(account, 'payment_intent', intent);
  emitEvent(account, 'charge.succeeded', object);
  emitEvent(account, 'payment_intent.succeeded', intent.object);
  sessionSettled(account, intent);
}

function fail(
  account: Account,
  intent: Row<'payment_intent'>,
  charge: Row<'charge'>,
  failure: DebitFailure,
): void {
  const { object } = charge;
  object.status = 'failed';
  object.captured = false;
  object.amount_captured = 0;
  object.failure_code = failure;
  object.failure_message = WORDS[failure];
  object.outcome = buildBankOutcome('failed', failure);
  save(account, 'charge', charge);
  const methodId = object.payment_method ?? '';
  const method = account.ctx.store.find(account.id, 'payment_method', methodId)?.object;
  intent.object.status = 'requires_payment_method';
  intent.object.payment_method = null;
  intent.object.last_payment_error = debitError(failure, object.id, method);
  save(account, 'payment_intent', intent);
  emitEvent(account, 'charge.failed', object);
  emitEvent(account, 'payment_intent.payment_failed', intent.object);
  sessionSettled(account, intent);
  const mandate = intent.hidden.mandate;
  if (failure === 'debit_not_authorized' && typeof mandate === 'string') {
    deactivateMandate(account, mandate);
  }
}

function debitError(
  failure: DebitFailure,
  chargeId: string,
  method: Stripe.PaymentMethod | undefined,
): StripeErrorBody {
  const code = OWN_CODES.has(failure) ? failure : 'payment_intent_payment_attempt_failed';
  return {
    type: 'invalid_request_error',
    charge: chargeId,
    code,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    message: WORDS[failure],
    ...(method === undefined ? {} : { payment_method: structuredClone(method) }),
  };
}
