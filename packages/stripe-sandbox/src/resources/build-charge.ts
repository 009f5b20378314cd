import { randomInt } from 'node:crypto';
import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { declineFields } from '../declines.ts';
import type { DeclineName } from '../declines.ts';
import { idOf, newId, randomText } from '../ids.ts';
import type { Row } from '../stored-objects.ts';

type NewCharge = {
  intent: Stripe.PaymentIntent;
  method: Row<'payment_method'>;
  declined: DeclineName | null;
  offSession: boolean;
  challengePassed: boolean;
};

const DAY = 24 * 60 * 60;

/** Makes and keeps the charge of one try: succeeded and captured, authorized only, or failed. */
export function makeCharge(account: Account, given: NewCharge): Stripe.Charge {
  const { intent, declined } = given;
  const manual = intent.capture_method === 'manual';
  const paid = declined === null;
  const decline = declined === null ? null : declineFields(declined);
  const captured = paid && !manual;
  const charge: Stripe.Charge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: given.method.object.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured,
    created: account.ctx.clock.seconds(),
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: buildOutcome(declined),
    paid,
    payment_intent: intent.id,
    payment_method: given.method.object.id,
    payment_method_details: { type: 'card', card: buildDetails(account, given, paid) },
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
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
  account.ctx.store.insert(account.id, 'charge', { object: charge, hidden: {} });
  return charge;
}

function buildOutcome(declined: DeclineName | null): Stripe.Charge.Outcome {
  const risk = { risk_level: 'normal', risk_score: randomInt(1, 60) };
  if (declined === null) {
    return {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      ...risk,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  const { advice_code, decline_code } = declineFields(declined);
  const blocked = declined === 'blocked';
  return {
    advice_code: advice_code ?? null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: blocked ? 'highest_risk_level' : (decline_code ?? null),
    ...(blocked ? { risk_level: 'highest', risk_score: 99 } : risk),
    seller_message: blocked
      ? 'Stripe blocked this payment as too risky.'
      : `The bank returned the decline code \`${decline_code ?? ''}\`.`,
    type: blocked ? 'blocked' : 'issuer_declined',
  };
}

function buildDetails(
  account: Account,
  given: NewCharge,
  paid: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  const { card } = given.method.object;
  if (card === undefined) throw new Error('A card charge needs a card.');
  const { intent } = given;
  const held = paid && intent.capture_method === 'manual';
  const now = account.ctx.clock.seconds();
  return {
    amount_authorized: paid ? intent.amount : null,
    authorization_code: paid ? randomText(6).toUpperCase() : null,
    brand: card.brand,
    ...(held ? { capture_before: now + holdSeconds(card.brand, given.offSession) } : {}),
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    ...(card.fingerprint === undefined ? {} : { fingerprint: card.fingerprint }),
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: paid ? String(randomInt(1e12, 9e12)) : null,
    regulated_status: card.regulated_status,
    three_d_secure: given.challengePassed ? authenticated() : null,
    transaction_link_id: null,
    wallet: null,
  };
}

/** Visa keeps a merchant-initiated hold for 4 days and 18 hours, all others 7 days (stripe.md 17). */
function holdSeconds(brand: string, offSession: boolean): number {
  return brand === 'visa' && offSession ? 4 * DAY + 18 * 60 * 60 : 7 * DAY;
}

function authenticated(): Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure {
  return {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: '05',
    exemption_indicator: null,
    result: 'authenticated',
    result_reason: null,
    transaction_id: randomText(36),
    version: '2.2.0',
  };
}
