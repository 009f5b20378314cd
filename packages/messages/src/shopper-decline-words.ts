import { m } from '../compiled/messages.js';

type Words = () => string;

interface ToShopper {
  why: Words;
  next: Words;
}

const authentication: ToShopper = {
  why: m.decline_shopper_authentication,
  next: m.decline_shopper_next_authentication,
};
const funds: ToShopper = { why: m.decline_shopper_funds, next: m.decline_shopper_next_funds };
const expired: ToShopper = { why: m.decline_shopper_expired, next: m.decline_shopper_next_card };
const data: ToShopper = { why: m.decline_shopper_data, next: m.decline_shopper_next_data };
const later: ToShopper = { why: m.decline_shopper_later, next: m.decline_shopper_next_later };
const limit: ToShopper = { why: m.decline_shopper_limit, next: m.decline_shopper_next_ask };
const kind: ToShopper = { why: m.decline_shopper_kind, next: m.decline_shopper_next_card };
const withdrawn: ToShopper = { why: m.decline_shopper_withdrawn, next: m.decline_shopper_next_ask };
const duplicate: ToShopper = {
  why: m.decline_shopper_duplicate,
  next: m.decline_shopper_next_duplicate,
};
const debit: ToShopper = { why: m.decline_shopper_debit, next: m.decline_shopper_next_account };
const mandate: ToShopper = { why: m.decline_shopper_mandate, next: m.decline_shopper_next_account };

/**
 * What everyone reads whose bank's reason is not in the table: no reason was given, it is new, or it
 * points at loss, theft or fraud (Stripe's documentation of decline codes: then do not tell it).
 */
const other: ToShopper = { why: m.decline_shopper_other, next: m.decline_shopper_next_ask };

const groups: readonly (readonly [ToShopper, string])[] = [
  [
    authentication,
    `authentication_required authentication_not_handled authentication_failure
    payment_intent_authentication_failure payment_intent_action_required`,
  ],
  [funds, 'insufficient_funds'],
  [expired, 'expired_card'],
  [
    data,
    `incorrect_number invalid_number incorrect_cvc invalid_cvc incorrect_zip incorrect_postal_code
    postal_code_invalid incorrect_address invalid_expiry_month invalid_expiry_year`,
  ],
  [
    later,
    `processing_error issuer_not_available reenter_transaction approve_with_id try_again_later
    payment_method_provider_timeout`,
  ],
  [
    limit,
    `card_velocity_exceeded withdrawal_count_limit_exceeded invalid_amount
    charge_exceeds_source_limit charge_exceeds_transaction_limit charge_exceeds_weekly_limit`,
  ],
  [
    kind,
    `card_not_supported currency_not_supported invalid_currency invalid_card_type
    expired_payment_method payment_method_not_available payment_method_currency_mismatch
    payment_method_unsupported_type payment_intent_incompatible_payment_method`,
  ],
  [withdrawn, 'revocation_of_authorization revocation_of_all_authorizations stop_payment_order'],
  [duplicate, 'duplicate_transaction'],
  [
    debit,
    `payment_intent_payment_attempt_failed account_closed no_account account_invalid
    account_number_invalid account_information_mismatch incorrect_account_holder_name
    routing_number_invalid sepa_unsupported_account financial_connections_account_inactive
    bank_account_bad_routing_numbers bank_account_declined bank_account_restricted
    bank_account_unusable bank_account_unverified bank_account_verification_failed
    payment_method_bank_account_blocked payment_method_microdeposit_failed`,
  ],
  [
    mandate,
    `debit_not_authorized payment_intent_mandate_invalid billing_invalid_mandate
    india_recurring_payment_mandate_canceled`,
  ],
];

const table: ReadonlyMap<string, ToShopper> = new Map(
  groups.flatMap(([words, codes]) => codes.split(/\s+/).map((code) => [code, words] as const)),
);

interface Codes {
  code: string | null;
  declineCode: string | null;
}

function lookUp({ declineCode, code }: Codes): ToShopper {
  return table.get(declineCode ?? code ?? '') ?? other;
}

/** Why a payment was declined, in plain words for its shopper: for a mail, or beside a page's own button. */
export function whyDeclined(codes: Codes): string {
  return lookUp(codes).why();
}

/** Why a payment that the shopper makes just now was declined, and what they can do. */
export function sayDeclined(codes: Codes): string {
  const { why, next } = lookUp(codes);
  return `${why()} ${next()}`;
}
