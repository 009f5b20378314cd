import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { declineFields } from '../declines.ts';
import type { DeclineCodes, DeclineName } from '../declines.ts';
import { idOf, newId } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import { findTestCard } from '../test-cards.ts';
import { makeBalanceTransaction, processingFee } from './balance-transactions.ts';
import { bankDetails, cardDetails } from './charge-details.ts';
import { buildBankOutcome, buildOutcome } from './charge-outcome.ts';
import { isHold } from './intent-options.ts';

type NewCharge = {
  intent: Stripe.PaymentIntent;
  method: Row<'payment_method'>;
  declined: DeclineName | null;
  /** What the bank sent beside its no. */
  codes?: DeclineCodes;
  /** A debit that its bank decides about later. */
  pending?: boolean;
  offSession: boolean;
  challengePassed: boolean;
  mandate?: string | null;
};

/** Makes and keeps the charge of one try: captured, held, on its way, or failed (stripe.md 4.8). */
export function makeCharge(account: Account, given: NewCharge): Stripe.Charge {
  const { intent, method, declined } = given;
  const isCard = method.object.type === 'card';
  const status = given.pending === true ? 'pending' : declined === null ? 'succeeded' : 'failed';
  const paid = status !== 'failed';
  const captured = paid && !isHold(intent, method.object.type);
  const decline = declined === null ? null : declineFields(declined);
  const card = isCard ? findTestCard(method.hidden.behaviour) : undefined;
  const charge: Stripe.Charge = {
    ...blankCharge(account, intent, newId(isCard ? 'ch' : 'py')),
    amount_captured: captured ? intent.amount : 0,
    billing_details: method.object.billing_details,
    captured,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    outcome:
      card === undefined
        ? buildBankOutcome(status, null)
        : buildOutcome(declined, card, given.codes),
    paid: status === 'succeeded',
    payment_method: method.object.id,
    payment_method_details:
      card === undefined
        ? bankDetails(method.object, given.mandate ?? null)
        : {
            type: 'card',
            card: cardDetails({
              ...given,
              card,
              paid,
              mandate: given.mandate ?? null,
              now: account.ctx.clock.seconds(),
            }),
          },
    status,
  };
  if (captured && status === 'succeeded') {
    addToBalance(account, charge, charge.amount, card?.available === 'at_once');
  }
  const hidden = { behaviour: method.hidden.behaviour };
  account.ctx.store.insert(account.id, 'charge', { object: charge, hidden });
  return charge;
}

/** The line in the balance that a payment brings; the caller saves the charge. */
export function addToBalance(
  account: Account,
  charge: Stripe.Charge,
  amount: number,
  atOnce: boolean,
): void {
  charge.balance_transaction = makeBalanceTransaction(account, {
    amount,
    fee: processingFee(amount),
    currency: charge.currency,
    type: charge.id.startsWith('py_') ? 'payment' : 'charge',
    source: charge.id,
    description: charge.description,
    atOnce,
  }).id;
}

/** What the intent says, with nothing yet about the money or the method. */
function blankCharge(account: Account, intent: Stripe.PaymentIntent, id: string): Stripe.Charge {
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SANDBOX',
    captured: false,
    created: account.ctx.clock.seconds(),
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: null,
    payment_method_details: null,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'pending',
    transfer_data: null,
    transfer_group: null,
  };
}
