import { isSensitive } from './sensitive-codes.ts';

/** What a bank, or Stripe, said no with; each null where nothing was said. */
export interface Declined {
  code: string | null;
  declineCode: string | null;
  /** Stripe's own advice, made from the network's. */
  adviceCode: string | null;
  /** The network's: two digits. */
  networkAdviceCode: string | null;
  /** Stripe's type of the method: `card`, `sepa_debit`, … */
  paymentMethodType: string;
}

/**
 * - `authenticate`: the bank wants its customer to confirm; without them every try fails
 * - `another_method`: this one will not do as it is; the shopper has to choose, or correct, one
 * - `later`: the same method may do on another day
 * - `never_with_this_method`: it must not be tried again, whatever a schedule says
 */
export type DeclineKind = 'authenticate' | 'another_method' | 'later' | 'never_with_this_method';

export interface DeclineDecision {
  kind: DeclineKind;
  /** Why, by the code that decided: for the words that staff and shoppers read. */
  reason: string;
  /** Whether the reason is staff's alone: shoppers read a neutral sentence. */
  isSensitive: boolean;
  /** How long the network asks to wait at least, in ms; null where it says nothing. */
  waitAtLeastMs: number | null;
}

const authenticate = 'authenticate';
const another = 'another_method';
const later = 'later';
const never = 'never_with_this_method';

/**
 * Every code that Stripe documents for declines (declines/codes, error-codes, and the failures of bank
 * debits), and what follows from it while nobody advises otherwise. An unlisted code counts as
 * `another_method`: the shopper is asked, and no bank is tried again on a guess.
 */
export const declineTable: Readonly<Record<string, DeclineKind>> = {
  authentication_required: authenticate,
  authentication_not_handled: authenticate,
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
  incorrect_address: another,
  invalid_expiry_month: another,
  invalid_expiry_year: another,
  invalid_card_type: another,

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
  card_decline_rate_limit_exceeded: another,
  withdrawal_count_limit_exceeded: another,
  invalid_amount: another,
  new_account_information_available: another,
  duplicate_transaction: another,
  testmode_decline: another,
  payment_method_customer_decline: another,
  payment_method_provider_decline: another,
  payment_method_not_available: another,

  lost_card: never,
  stolen_card: never,
  fraudulent: never,
  merchant_blacklist: never,
  pickup_card: never,
  restricted_card: never,
  previously_declined_do_not_retry: never,
  highest_risk_level: never,
  revocation_of_authorization: never,
  revocation_of_all_authorizations: never,
  stop_payment_order: never,
  do_not_try_again: never,

  account_closed: another,
  no_account: another,
  account_invalid: another,
  account_number_invalid: another,
  incorrect_account_holder_name: another,
  invalid_currency: another,
  charge_exceeds_source_limit: another,
  charge_exceeds_transaction_limit: another,
  charge_exceeds_weekly_limit: another,
  payment_intent_payment_attempt_failed: another,
  payment_intent_payment_attempt_expired: another,
  bank_account_declined: another,
  bank_account_restricted: another,
  bank_account_unusable: another,
  bank_account_unverified: another,
  bank_account_verification_failed: another,
  payment_method_bank_account_blocked: another,
  payment_method_microdeposit_failed: another,
  debit_not_authorized: never,
  payment_intent_mandate_invalid: never,
};

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Mastercard's merchant advice codes: what each asks for, and how long to wait. */
export const networkAdvice: Readonly<Record<string, { kind: DeclineKind; waitMs: number | null }>> =
  {
    '01': { kind: another, waitMs: null },
    '02': { kind: later, waitMs: null },
    '03': { kind: never, waitMs: null },
    '21': { kind: never, waitMs: null },
    '24': { kind: later, waitMs: hour },
    '25': { kind: later, waitMs: day },
    '26': { kind: later, waitMs: 2 * day },
    '27': { kind: later, waitMs: 4 * day },
    '28': { kind: later, waitMs: 6 * day },
    '29': { kind: later, waitMs: 8 * day },
    '30': { kind: later, waitMs: 10 * day },
  };

/** Stripe's advice codes (`advice_code`). */
export const stripeAdvice: Readonly<Record<string, DeclineKind>> = {
  confirm_card_data: another,
  do_not_try_again: never,
  try_again_later: later,
};

/**
 * What follows from a decline. The strictest word counts: a `never`, from whomever, is never softened;
 * a wish to see the shopper is not answered by waiting; beyond that Stripe's and the network's advice
 * go before the table, so that a plain `generic_decline` may be tried again when it says so. Bank
 * debits have no advice: only missing funds are asked for again.
 */
export function decideAfterDecline(declined: Declined): DeclineDecision {
  const reason = declined.declineCode ?? declined.code ?? 'unknown';
  const network = lookUp(networkAdvice, declined.networkAdviceCode);
  const decided = (kind: DeclineKind): DeclineDecision => ({
    kind,
    reason,
    isSensitive: isSensitive(reason),
    waitAtLeastMs: kind === later ? (network?.waitMs ?? null) : null,
  });
  const byTable = lookUp(declineTable, reason) ?? another;
  if (declined.paymentMethodType !== 'card') {
    const isRetryable = reason === 'insufficient_funds';
    return decided(isRetryable ? later : byTable === later ? another : byTable);
  }
  const words = [network?.kind, lookUp(stripeAdvice, declined.adviceCode), byTable];
  if (words.includes(never)) return decided(never);
  if (byTable === authenticate) return decided(authenticate);
  return decided(words.find((word) => word !== undefined) ?? another);
}

function lookUp<T>(table: Readonly<Record<string, T>>, code: string | null): T | undefined {
  return code !== null && Object.hasOwn(table, code) ? table[code] : undefined;
}
