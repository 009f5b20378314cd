import { m } from '@onfile/messages/messages.js';

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

  insufficient_funds: [m.decline_insufficient_funds, funds],

  issuer_not_available: [m.decline_issuer_not_available, later],
  processing_error: [m.decline_processing_error, later],
  reenter_transaction: [m.decline_reenter_transaction, later],
  approve_with_id: [m.decline_approve_with_id, later],
  try_again_later: [m.decline_try_again_later, later],

  expired_card: [m.decline_expired_card, newMethod],
  pin_try_exceeded: [m.decline_pin_try_exceeded, newMethod],

  incorrect_number: [m.decline_incorrect_number, fixData],
  invalid_number: [m.decline_invalid_number, fixData],
  invalid_account: [m.decline_invalid_account, fixData],
  incorrect_cvc: [m.decline_incorrect_cvc, fixData],
  invalid_cvc: [m.decline_invalid_cvc, fixData],
  incorrect_zip: [m.decline_incorrect_zip, fixData],
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

  duplicate_transaction: [m.decline_duplicate_transaction, check],
  testmode_decline: [m.decline_testmode_decline, config],

  account_closed: [m.decline_account_closed, newMethod],
  no_account: [m.decline_no_account, newMethod],
  invalid_currency: [m.decline_invalid_currency, newMethod],
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
  if (code.startsWith('bank_account_')) return [m.decline_bank_account, newMethod];
  const known = Object.hasOwn(table, code) ? table[code] : undefined;
  return known ?? [() => m.decline_unknown({ code }), contact];
}

/**
 * What a decline means to staff and what to do next. A code that is not in Stripe's list is named,
 * with the advice that is safe for all: ask the bank, or take another method.
 */
export function declineWords(codes: Codes): { meaning: string; next: string } {
  const code = codes.declineCode ?? codes.errorCode;
  const [meaning, next] = code ? lookUp(code) : [m.decline_none, contact];
  const advised = codes.adviceCode ? advice[codes.adviceCode] : undefined;
  return { meaning: meaning(), next: (advised ?? next)() };
}
