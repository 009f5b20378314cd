/**
 * - `authenticate`: the bank wants its customer to confirm; without them every try fails
 * - `another_method`: this one will not do as it is; the shopper has to choose, or correct, one
 * - `later`: the same method may do on another day
 * - `never_with_this_method`: it must not be tried again, whatever a schedule says
 */
export type DeclineKind = 'authenticate' | 'another_method' | 'later' | 'never_with_this_method';

const authenticate = 'authenticate';
const another = 'another_method';
const later = 'later';
const never = 'never_with_this_method';

/**
 * Every code that Stripe documents for declines (declines/codes, error-codes, and the failures of bank
 * debits), and what follows from it while nobody advises otherwise.
 */
export const declineTable: Readonly<Record<string, DeclineKind>> = {
  authentication_required: authenticate,
  authentication_not_handled: authenticate,
  authentication_failure: authenticate,
  payment_intent_authentication_failure: authenticate,
  payment_intent_action_required: authenticate,
  three_d_secure_authentication_not_supported: authenticate,
  three_d_secure_authentication_upstream_error: authenticate,

  insufficient_funds: later,
  issuer_not_available: later,
  processing_error: later,
  reenter_transaction: later,
  approve_with_id: later,
  try_again_later: later,
  payment_method_provider_timeout: later,
  card_decline_rate_limit_exceeded: later,

  // The card is over, or its details are wrong
  expired_card: another,
  expired_payment_method: another,
  pin_try_exceeded: another,
  incorrect_number: another,
  invalid_number: another,
  invalid_account: another,
  incorrect_cvc: another,
  invalid_cvc: another,
  incorrect_zip: another,
  incorrect_postal_code: another,
  postal_code_invalid: another,
  incorrect_address: another,
  invalid_expiry_month: another,
  invalid_expiry_year: another,
  invalid_card_type: another,
  new_account_information_available: another,

  // For the shopper and their bank to sort out: nothing but advice makes us ask again
  do_not_honor: another,
  generic_decline: another,
  card_declined: another,
  call_issuer: another,
  refer_to_customer: another,
  no_action_taken: another,
  not_permitted: another,
  service_not_allowed: another,
  security_violation: another,
  transaction_not_allowed: another,
  card_not_supported: another,
  currency_not_supported: another,
  card_velocity_exceeded: another,
  withdrawal_count_limit_exceeded: another,
  invalid_amount: another,
  duplicate_transaction: another,
  testmode_decline: another,
  test_mode_live_card: another,
  testmode_charges_only: another,
  payment_method_customer_decline: another,
  payment_method_provider_decline: another,
  payment_method_not_available: another,
  payment_method_restricted: another,
  payment_method_currency_mismatch: another,
  payment_method_unactivated: another,
  payment_method_unexpected_state: another,
  payment_method_unsupported_type: another,
  payment_intent_incompatible_payment_method: another,

  // The bank account
  account_closed: another,
  no_account: another,
  account_invalid: another,
  account_number_invalid: another,
  account_information_mismatch: another,
  incorrect_account_holder_name: another,
  routing_number_invalid: another,
  invalid_currency: another,
  sepa_unsupported_account: another,
  financial_connections_account_inactive: another,
  charge_exceeds_source_limit: another,
  charge_exceeds_transaction_limit: another,
  charge_exceeds_weekly_limit: another,
  payment_intent_payment_attempt_failed: another,
  payment_intent_payment_attempt_expired: another,
  bank_account_bad_routing_numbers: another,
  bank_account_declined: another,
  bank_account_restricted: another,
  bank_account_unusable: another,
  bank_account_unverified: another,
  bank_account_verification_failed: another,
  payment_method_bank_account_blocked: another,
  payment_method_microdeposit_failed: another,

  lost_card: never,
  stolen_card: never,
  fraudulent: never,
  merchant_blacklist: never,
  pickup_card: never,
  restricted_card: never,

  // The shopper has taken the permission back, at their bank or with the mandate
  revocation_of_authorization: never,
  revocation_of_all_authorizations: never,
  stop_payment_order: never,
  do_not_try_again: never,
  debit_not_authorized: never,
  payment_intent_mandate_invalid: never,
  billing_invalid_mandate: never,
  india_recurring_payment_mandate_canceled: never,
};

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** How long a code itself asks to wait: after too many declines Stripe bars a card for a day. */
export const waitOfCode: Readonly<Record<string, number>> = {
  card_decline_rate_limit_exceeded: dayMs,
};

/** Stripe's advice codes (`advice_code`). */
export const stripeAdvice: Readonly<Record<string, DeclineKind>> = {
  confirm_card_data: another,
  do_not_try_again: never,
  try_again_later: later,
};

interface NetworkAdvice {
  kind: DeclineKind;
  /** How long to wait at least; null where it names no time. */
  waitMs: number | null;
}

/** Mastercard's merchant advice codes (`network_advice_code`). */
export const networkAdvice: Readonly<Record<string, NetworkAdvice>> = {
  '01': { kind: another, waitMs: null },
  '02': { kind: later, waitMs: null },
  '03': { kind: never, waitMs: null },
  '21': { kind: never, waitMs: null },
  '24': { kind: later, waitMs: hourMs },
  '25': { kind: later, waitMs: dayMs },
  '26': { kind: later, waitMs: 2 * dayMs },
  '27': { kind: later, waitMs: 4 * dayMs },
  '28': { kind: later, waitMs: 6 * dayMs },
  '29': { kind: later, waitMs: 8 * dayMs },
  '30': { kind: later, waitMs: 10 * dayMs },
};

/**
 * Codes that point at loss, theft or fraud. Whoever holds the card may not be its owner, so that shoppers
 * read of these as of any other no (Stripe, declines/codes: do not tell the reason).
 */
export const sensitiveCodes: ReadonlySet<string> = new Set([
  'lost_card',
  'stolen_card',
  'fraudulent',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'security_violation',
]);
