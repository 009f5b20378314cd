import type { DeclineName } from './declines.ts';

/**
 * What happens at one step of a card's life: `approve`, `challenge` (3DS first, then approve), a
 * challenge followed by a decline, always or once the card is saved, `approve_if_authenticated` (else
 * authentication_required), or a decline.
 */
export type CardStep =
  | 'approve'
  | 'challenge'
  | `challenge_then:${DeclineName}`
  | `challenge_once_saved:${DeclineName}`
  | 'approve_if_authenticated'
  | DeclineName;

type Check = 'pass' | 'fail' | 'unavailable' | 'unchecked';

export type TestCard = {
  number: string;
  /** `visa` answers to `pm_card_visa` and `tok_visa`. */
  alias: string;
  setup: CardStep;
  onSession: CardStep;
  offSession: CardStep;
  /**
   * What a requested 3DS comes to: a challenge, an error on the way, or nothing at all. Absent: the
   * card is not enrolled, and the attempt is acknowledged without the shopper.
   */
  threeDSecure?: 'enrolled' | 'lookup_error' | 'not_supported';
  funding?: 'debit' | 'prepaid';
  country?: string;
  /** What the bank says about the address and the security code it was given. */
  checks?: { line1?: Check; postalCode?: Check; cvc?: Check };
  /** Radar's opinion of a payment that goes through. */
  risk?: 'elevated';
  /** Every payment is disputed at once. */
  dispute?: { reason: 'fraudulent' | 'product_not_received'; inquiry?: true };
  /** Refunds stay pending for a while, or fail after they seemed to have succeeded. */
  refund?: 'pending' | 'fail';
  /** Funds are in the available balance at once. */
  available?: 'at_once';
};

type Steps = [setup: CardStep, onSession: CardStep, offSession: CardStep];
const GOOD: Steps = ['approve', 'approve', 'approve'];
/** Cards that no bank ever accepts: not at setup, not at a charge. */
const never = (name: DeclineName): Steps => [name, name, name];

function card(number: string, alias: string, steps: Steps, more: Partial<TestCard> = {}): TestCard {
  const [setup, onSession, offSession] = steps;
  return { number, alias, setup, onSession, offSession, ...more };
}

/** Stripe's test cards (stripe.md section 8). These numbers are public and belong to nobody. */
export const TEST_CARDS: readonly TestCard[] = [
  // number, alias, [setup, on-session charge, off-session charge]
  card('4242424242424242', 'visa', GOOD),
  card('4000056655665556', 'visa_debit', GOOD, { funding: 'debit' }),
  card('5555555555554444', 'mastercard', GOOD),
  card('2223003122003222', 'mastercard_2series', GOOD),
  card('5200828282828210', 'mastercard_debit', GOOD, { funding: 'debit' }),
  card('5105105105105100', 'mastercard_prepaid', GOOD, { funding: 'prepaid' }),
  card('378282246310005', 'amex', GOOD, { threeDSecure: 'not_supported' }),
  card('6011111111111117', 'discover', GOOD),
  card('3056930009020004', 'diners', GOOD),
  card('3566002020360505', 'jcb', GOOD),
  card('6200000000000005', 'unionpay', GOOD),
  card('6205500000000000004', 'unionpay_19', GOOD),
  card('4000000000000077', 'bypassPending', GOOD, { available: 'at_once' }),
  card('4000003720000278', 'bypassPendingInternational', GOOD, {
    available: 'at_once',
    country: 'IE',
  }),
  card('4000000000000259', 'createDispute', GOOD, { dispute: { reason: 'fraudulent' } }),
  card('4000000000002685', 'createDisputeProductNotReceived', GOOD, {
    dispute: { reason: 'product_not_received' },
  }),
  card('4000000000001976', 'createDisputeInquiry', GOOD, {
    dispute: { reason: 'fraudulent', inquiry: true },
  }),
  card('4000000000007726', 'pendingRefund', GOOD, { refund: 'pending' }),
  card('4000000000005126', 'refundFail', GOOD, { refund: 'fail' }),
  card('4000000000003055', 'threeDSecureOptional', GOOD, { threeDSecure: 'enrolled' }),
  card('4000000000003097', 'threeDSecureOptionalProcessingError', GOOD, {
    threeDSecure: 'lookup_error',
  }),
  card('4000000000001208', 'captcha', GOOD),
  card('4000000000003725', 'captchaPrefer', GOOD),
  card('4000000000000101', 'cvcCheckFail', GOOD, { checks: { cvc: 'fail' } }),
  card('4000000000000010', 'avsFail', GOOD, { checks: { line1: 'fail', postalCode: 'fail' } }),
  card('4000000000000028', 'avsLine1Fail', GOOD, { checks: { line1: 'fail' } }),
  card('4000000000000036', 'avsZipFail', GOOD, { checks: { postalCode: 'fail' } }),
  card('4000000000000044', 'avsUnchecked', GOOD, {
    checks: { line1: 'unavailable', postalCode: 'unavailable' },
  }),
  // Authentication
  card('4000002500003155', 'authenticationRequiredOnSetup', [
    'challenge',
    'challenge',
    'approve_if_authenticated',
  ]),
  card('4000002760003184', 'authenticationRequired', [
    'challenge',
    'challenge',
    'authentication_required',
  ]),
  card('4000003800000446', 'authenticationRequiredSetupForOffSession', [
    'approve',
    'challenge',
    'approve',
  ]),
  card('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', [
    // The first purchase goes through after 3DS; every later one has no funds.
    'challenge',
    'challenge_once_saved:insufficient_funds',
    'insufficient_funds',
  ]),
  card('4000000000003220', 'threeDSecure2Required', [
    'challenge',
    'challenge',
    'approve_if_authenticated',
  ]),
  card('4000008400001629', 'threeDSecureRequiredChargeDeclined', [
    'challenge',
    'challenge_then:generic_decline',
    'generic_decline',
  ]),
  card('4000008400001280', 'threeDSecureRequiredProcessingError', never('generic_decline')),
  // Saved without complaint, refused at every charge
  card('4000000000000341', 'chargeCustomerFail', ['approve', 'generic_decline', 'generic_decline']),
  // Declined always, at setup too
  card('4000000000000002', 'visa_chargeDeclined', never('generic_decline')),
  card('4000000000009995', 'visa_chargeDeclinedInsufficientFunds', never('insufficient_funds')),
  card('4000000000009987', 'visa_chargeDeclinedLostCard', never('lost_card')),
  card('4000000000009979', 'visa_chargeDeclinedStolenCard', never('stolen_card')),
  card('4000000000000069', 'chargeDeclinedExpiredCard', never('expired_card')),
  card('4000000000000127', 'chargeDeclinedIncorrectCvc', never('incorrect_cvc')),
  card('4000000000000119', 'chargeDeclinedProcessingError', never('processing_error')),
  card(
    '4000000000006975',
    'visa_chargeDeclinedVelocityLimitExceeded',
    never('card_velocity_exceeded'),
  ),
  card('4100000000000019', 'radarBlock', ['approve', 'blocked', 'blocked']),
  card('4000000000004954', 'riskLevelHighest', ['approve', 'blocked', 'blocked']),
  card('4000000000009235', 'riskLevelElevated', GOOD, { risk: 'elevated' }),
  // Good cards of other countries
  card('4000001240000000', 'ca', GOOD, { country: 'CA' }),
  card('4000004840008001', 'mx', GOOD, { country: 'MX' }),
  card('4000000760000002', 'br', GOOD, { country: 'BR' }),
  card('4000008260000000', 'gb', GOOD, { country: 'GB' }),
  card('4000002760000016', 'de', GOOD, { country: 'DE' }),
  card('4000002500000003', 'fr', GOOD, { country: 'FR' }),
  card('4000005280000002', 'nl', GOOD, { country: 'NL' }),
  card('4000003720000005', 'ie', GOOD, { country: 'IE' }),
  card('4000007240000007', 'es', GOOD, { country: 'ES' }),
  card('4000003800000008', 'it', GOOD, { country: 'IT' }),
  card('4000000400000008', 'at', GOOD, { country: 'AT' }),
  card('4000007560000009', 'ch', GOOD, { country: 'CH' }),
  card('4000007520000008', 'se', GOOD, { country: 'SE' }),
  card('4000000360000006', 'au', GOOD, { country: 'AU' }),
  card('4000003920000003', 'jp', GOOD, { country: 'JP' }),
  card('4000007020000003', 'sg', GOOD, { country: 'SG' }),
];

/** Other names that lead to a row above. */
const MORE_ALIASES: { [alias: string]: string } = {
  chargeDeclined: 'visa_chargeDeclined',
  chargeDeclinedInsufficientFunds: 'visa_chargeDeclinedInsufficientFunds',
  chargeDeclinedLostCard: 'visa_chargeDeclinedLostCard',
  chargeDeclinedStolenCard: 'visa_chargeDeclinedStolenCard',
  threeDSecureRequired: 'threeDSecure2Required',
  chargeDeclinedFraudulent: 'radarBlock',
  visa_chargeDeclinedFraudulent: 'radarBlock',
  chargeDeclinedVelocityLimitExceeded: 'visa_chargeDeclinedVelocityLimitExceeded',
  amex_threeDSecureNotSupported: 'amex',
  us: 'visa',
};

const byAlias = new Map(TEST_CARDS.map((row) => [row.alias, row]));
const byNumber = new Map(TEST_CARDS.map((row) => [row.number, row]));

/** The row behind `pm_card_visa`, `tok_visa`, or a bare alias as a payment method remembers it. */
export function findTestCard(idOrAlias: string): TestCard | undefined {
  const alias = idOrAlias.replace(/^(pm_card_|tok_)/, '');
  return byAlias.get(alias) ?? byAlias.get(MORE_ALIASES[alias] ?? '');
}

export function findTestCardByNumber(number: string): TestCard | undefined {
  return byNumber.get(number);
}
