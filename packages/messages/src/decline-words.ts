import { m } from '../compiled/messages.js';

type Words = () => string;

const authenticate: Words = m.decline_next_authenticate;
const funds: Words = m.decline_next_funds;
const later: Words = m.decline_next_later;
const newMethod: Words = m.decline_next_new_method;
const fixData: Words = m.decline_next_fix_data;
const hard: Words = m.decline_next_hard;
const contact: Words = m.decline_next_contact;
const stop: Words = m.decline_next_stop;
const check: Words = m.decline_next_check;
const config: Words = m.decline_next_config;

/** Stripe's decline codes (docs.stripe.com/declines/codes): what each means, what to do next. */
const table: Record<string, readonly [Words, Words]> = {
  authentication_required: [m.decline_authentication_required, authenticate],
  authentication_not_handled: [m.decline_authentication_not_handled, authenticate],
  payment_intent_action_required: [m.decline_authentication_not_handled, authenticate],
  authentication_failure: [m.decline_authentication_failed, authenticate],
  payment_intent_authentication_failure: [m.decline_authentication_failed, authenticate],
  three_d_secure_authentication_not_supported: [
    m.decline_authentication_not_supported,
    authenticate,
  ],
  three_d_secure_authentication_upstream_error: [
    m.decline_authentication_unreachable,
    authenticate,
  ],

  insufficient_funds: [m.decline_insufficient_funds, funds],

  issuer_not_available: [m.decline_issuer_not_available, later],
  processing_error: [m.decline_processing_error, later],
  reenter_transaction: [m.decline_reenter_transaction, later],
  approve_with_id: [m.decline_approve_with_id, later],
  try_again_later: [m.decline_try_again_later, later],
  payment_method_provider_timeout: [m.decline_provider_timeout, later],
  card_decline_rate_limit_exceeded: [m.decline_card_rests, later],

  expired_card: [m.decline_expired_card, newMethod],
  expired_payment_method: [m.decline_expired_payment_method, newMethod],
  invalid_card_type: [m.decline_invalid_card_type, newMethod],
  pin_try_exceeded: [m.decline_pin_try_exceeded, newMethod],

  incorrect_number: [m.decline_incorrect_number, fixData],
  invalid_number: [m.decline_invalid_number, fixData],
  invalid_account: [m.decline_invalid_account, fixData],
  incorrect_cvc: [m.decline_incorrect_cvc, fixData],
  invalid_cvc: [m.decline_invalid_cvc, fixData],
  incorrect_zip: [m.decline_incorrect_zip, fixData],
  incorrect_postal_code: [m.decline_incorrect_zip, fixData],
  postal_code_invalid: [m.decline_incorrect_zip, fixData],
  incorrect_address: [m.decline_incorrect_address, fixData],
  invalid_expiry_month: [m.decline_invalid_expiry_month, fixData],
  invalid_expiry_year: [m.decline_invalid_expiry_year, fixData],

  lost_card: [m.decline_lost_card, hard],
  stolen_card: [m.decline_stolen_card, hard],
  fraudulent: [m.decline_fraudulent, hard],
  merchant_blacklist: [m.decline_merchant_blacklist, hard],
  pickup_card: [m.decline_pickup_card, hard],
  restricted_card: [m.decline_restricted_card, hard],

  do_not_honor: [m.decline_do_not_honor, contact],
  generic_decline: [m.decline_generic_decline, contact],
  card_declined: [m.decline_generic_decline, contact],
  refer_to_customer: [m.decline_refer_to_customer, contact],
  payment_method_customer_decline: [m.decline_customer_decline, contact],
  payment_method_provider_decline: [m.decline_provider_decline, contact],
  call_issuer: [m.decline_call_issuer, contact],
  no_action_taken: [m.decline_no_action_taken, contact],
  not_permitted: [m.decline_not_permitted, contact],
  service_not_allowed: [m.decline_service_not_allowed, contact],
  security_violation: [m.decline_security_violation, contact],
  transaction_not_allowed: [m.decline_transaction_not_allowed, contact],
  card_not_supported: [m.decline_card_not_supported, contact],
  currency_not_supported: [m.decline_currency_not_supported, contact],
  card_velocity_exceeded: [m.decline_card_velocity_exceeded, contact],
  withdrawal_count_limit_exceeded: [m.decline_withdrawal_count_limit_exceeded, contact],
  invalid_amount: [m.decline_invalid_amount, contact],
  new_account_information_available: [m.decline_new_account_information_available, contact],

  revocation_of_authorization: [m.decline_revocation_of_authorization, stop],
  revocation_of_all_authorizations: [m.decline_revocation_of_all_authorizations, stop],
  stop_payment_order: [m.decline_stop_payment_order, stop],
  do_not_try_again: [m.decline_do_not_try_again, stop],
  debit_not_authorized: [m.decline_debit_not_authorized, stop],
  payment_intent_mandate_invalid: [m.decline_mandate_invalid, stop],
  billing_invalid_mandate: [m.decline_mandate_invalid, stop],
  india_recurring_payment_mandate_canceled: [m.decline_mandate_invalid, stop],

  duplicate_transaction: [m.decline_duplicate_transaction, check],
  testmode_decline: [m.decline_testmode_decline, config],
  test_mode_live_card: [m.decline_live_card_in_test, config],
  testmode_charges_only: [m.decline_live_card_in_test, config],

  payment_method_not_available: [m.decline_method_not_available, newMethod],
  payment_method_unactivated: [m.decline_method_not_available, newMethod],
  payment_method_unexpected_state: [m.decline_method_not_available, newMethod],
  payment_method_restricted: [m.decline_method_restricted, newMethod],
  payment_method_currency_mismatch: [m.decline_method_kind, newMethod],
  payment_method_unsupported_type: [m.decline_method_kind, newMethod],
  payment_intent_incompatible_payment_method: [m.decline_method_kind, newMethod],

  account_closed: [m.decline_account_closed, newMethod],
  no_account: [m.decline_no_account, newMethod],
  invalid_currency: [m.decline_invalid_currency, newMethod],
  account_invalid: [m.decline_account_details, newMethod],
  account_number_invalid: [m.decline_account_details, newMethod],
  routing_number_invalid: [m.decline_account_details, newMethod],
  bank_account_bad_routing_numbers: [m.decline_account_details, newMethod],
  account_information_mismatch: [m.decline_account_holder, newMethod],
  incorrect_account_holder_name: [m.decline_account_holder, newMethod],
  sepa_unsupported_account: [m.decline_account_not_reached, newMethod],
  financial_connections_account_inactive: [m.decline_account_connection, newMethod],
  payment_method_microdeposit_failed: [m.decline_account_unverified, newMethod],
  bank_account_unverified: [m.decline_account_unverified, newMethod],
  bank_account_verification_failed: [m.decline_account_unverified, newMethod],
  payment_method_bank_account_blocked: [m.decline_bank_account, newMethod],
  charge_exceeds_source_limit: [m.decline_debit_limit, newMethod],
  charge_exceeds_transaction_limit: [m.decline_debit_limit, newMethod],
  charge_exceeds_weekly_limit: [m.decline_debit_limit, newMethod],
  payment_intent_payment_attempt_failed: [m.decline_attempt_failed, newMethod],
  payment_intent_payment_attempt_expired: [m.decline_attempt_expired, newMethod],
};

/** Stripe's own advice on a decline; where it is given, it goes before the table's. */
const advice: Record<string, Words> = {
  confirm_card_data: m.decline_advice_confirm_card_data,
  do_not_try_again: m.decline_advice_do_not_try_again,
  try_again_later: m.decline_advice_try_again_later,
};

interface Codes {
  errorCode: string | null;
  declineCode: string | null;
  adviceCode: string | null;
}

function lookUp(code: string): readonly [Words, Words] {
  if (Object.hasOwn(table, code) && table[code]) return table[code];
  if (code.startsWith('bank_account_')) return [m.decline_bank_account, newMethod];
  return [() => m.decline_unknown({ code }), contact];
}

/**
 * What a decline means to staff and what to do next. A code that is not in Stripe's list is named,
 * with the advice that is safe for all: ask the bank, or take another method.
 */
export function declineWords(codes: Codes): { meaning: string; next: string } {
  const code = codes.declineCode ?? codes.errorCode;
  const [meaning, next] = code ? lookUp(code) : [m.decline_none, contact];
  const advised = Object.hasOwn(advice, codes.adviceCode ?? '')
    ? advice[codes.adviceCode ?? '']
    : undefined;
  return { meaning: meaning(), next: (advised ?? next)() };
}
