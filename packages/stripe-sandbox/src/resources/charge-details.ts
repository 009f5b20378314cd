import { randomInt } from 'node:crypto';
import type Stripe from 'stripe';
import { randomText } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import type { TestCard } from '../test-cards.ts';
import { isHold } from './intent-options.ts';

const DAY = 24 * 60 * 60;

/** What a card payment says about its card. */
type CardCharge = {
  intent: Stripe.PaymentIntent;
  method: Row<'payment_method'>;
  card: TestCard;
  paid: boolean;
  offSession: boolean;
  challengePassed: boolean;
  mandate: string | null;
  /** Unix seconds. */
  now: number;
};

type CardDetails = Stripe.Charge.PaymentMethodDetails.Card;
type ThreeDSecure = Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure;

/** `payment_method_details.card` of one try. */
export function cardDetails(given: CardCharge): CardDetails {
  const { card } = given.method.object;
  if (card === undefined) throw new Error('A card charge needs a card.');
  const { intent, paid } = given;
  const options = intent.payment_method_options?.card;
  return {
    amount_authorized: paid ? intent.amount : null,
    authorization_code: paid ? randomText(6).toUpperCase() : null,
    brand: card.brand,
    ...(paid && isHold(intent, 'card') ? holdFields(given, card.brand) : {}),
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    ...(card.fingerprint === undefined ? {} : { fingerprint: card.fingerprint }),
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: given.mandate,
    network: card.brand,
    network_transaction_id: paid ? String(randomInt(1e12, 9e12)) : null,
    regulated_status: card.regulated_status,
    ...(options?.setup_credential_usage === undefined
      ? {}
      : { setup_credential_usage: options.setup_credential_usage }),
    ...(options?.stored_credential_usage === undefined
      ? {}
      : { stored_credential_usage: options.stored_credential_usage }),
    three_d_secure: threeDSecure(given),
    transaction_link_id: null,
    wallet: null,
  };
}

/** What can be done with held funds, and until when (stripe.md 17). */
function holdFields(given: CardCharge, brand: string): Partial<CardDetails> {
  const options = given.intent.payment_method_options?.card;
  const asked = (value: string | undefined): boolean => value === 'if_available';
  const extended = asked(options?.request_extended_authorization);
  const window = extended ? 30 * DAY : holdSeconds(brand, given.offSession);
  const state = (on: boolean): 'available' | 'unavailable' => (on ? 'available' : 'unavailable');
  return {
    capture_before: given.now + window,
    extended_authorization: { status: extended ? 'enabled' : 'disabled' },
    incremental_authorization: { status: state(asked(options?.request_incremental_authorization)) },
    multicapture: { status: state(asked(options?.request_multicapture)) },
    overcapture: { maximum_amount_capturable: given.intent.amount, status: 'unavailable' },
  };
}

/** Visa keeps a merchant-initiated hold for 4 days and 18 hours, all others 7 days (stripe.md 17). */
function holdSeconds(brand: string, offSession: boolean): number {
  return brand === 'visa' && offSession ? 4 * DAY + 18 * 60 * 60 : 7 * DAY;
}

/** Whether the integration asked for 3DS although the bank does not. */
export function asksForChallenge(intent: Stripe.PaymentIntent | Stripe.SetupIntent): boolean {
  const asked = intent.payment_method_options?.card?.request_three_d_secure;
  return asked === 'any' || asked === 'challenge';
}

function threeDSecure(given: CardCharge): ThreeDSecure | null {
  if (given.challengePassed) return secureResult('authenticated', '05');
  if (given.offSession || !asksForChallenge(given.intent)) return null;
  if (given.card.threeDSecure === 'not_supported') return secureResult('not_supported', null);
  return given.card.threeDSecure === 'lookup_error'
    ? secureResult('processing_error', null)
    : secureResult('attempt_acknowledged', '06');
}

function secureResult(
  result: 'authenticated' | 'attempt_acknowledged' | 'not_supported' | 'processing_error',
  indicator: '05' | '06' | null,
): ThreeDSecure {
  return {
    authentication_flow: result === 'authenticated' ? 'challenge' : null,
    electronic_commerce_indicator: indicator,
    exemption_indicator: null,
    result,
    result_reason: result === 'processing_error' ? 'protocol_error' : null,
    transaction_id: result === 'not_supported' ? null : randomText(36),
    version: '2.2.0',
  };
}

/** `payment_method_details` of a debit or a redirect. */
export function bankDetails(
  method: Stripe.PaymentMethod,
  mandate: string | null,
): Stripe.Charge.PaymentMethodDetails {
  const { type } = method;
  const account = method.us_bank_account;
  if (method.sepa_debit !== undefined) {
    const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit;
    return { type, sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate } };
  }
  if (method.au_becs_debit !== undefined) {
    return {
      type,
      au_becs_debit: { ...method.au_becs_debit, ...(mandate === null ? {} : { mandate }) },
    };
  }
  if (account !== undefined) {
    return {
      type,
      us_bank_account: {
        account_holder_type: account.account_holder_type,
        account_type: account.account_type,
        bank_name: account.bank_name,
        fingerprint: account.fingerprint,
        last4: account.last4,
        ...(mandate === null ? {} : { mandate }),
        payment_reference: null,
        routing_number: account.routing_number,
      },
    };
  }
  return redirectDetails(type);
}

function redirectDetails(type: string): Stripe.Charge.PaymentMethodDetails {
  const bank = { bank_code: null, bank_name: null, bic: null, iban_last4: null };
  const generated = { generated_sepa_debit: null, generated_sepa_debit_mandate: null };
  const verified_name = 'Jenny Rosen';
  if (type === 'ideal') {
    return {
      type,
      ideal: {
        bank: null,
        bic: null,
        iban_last4: null,
        ...generated,
        transaction_id: randomText(16),
        verified_name,
      },
    };
  }
  if (type === 'bancontact') {
    return {
      type,
      bancontact: { ...bank, ...generated, preferred_language: null, verified_name },
    };
  }
  if (type === 'eps') return { type, eps: { bank: null, verified_name } };
  if (type === 'p24') {
    return { type, p24: { bank: null, reference: randomText(12), verified_name } };
  }
  return { type, alipay: { fingerprint: null, transaction_id: randomText(16) } };
}
