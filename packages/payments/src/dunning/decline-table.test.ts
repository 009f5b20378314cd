import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declineTable, networkAdvice, sensitiveCodes, stripeAdvice } from './decline-table.ts';
import type { DeclineKind } from './decline-table.ts';

const words = (text: string) => text.trim().split(/\s+/);

/** Stripe's documentation of decline codes, and of the failures of debits: by group. */
const documented: Record<DeclineKind, string[]> = {
  authenticate: words('authentication_required authentication_not_handled'),
  later: words(`
    insufficient_funds issuer_not_available processing_error reenter_transaction approve_with_id
    try_again_later`),
  another_method: words(`
    expired_card pin_try_exceeded incorrect_number invalid_number invalid_account incorrect_cvc
    invalid_cvc incorrect_zip incorrect_address invalid_expiry_month invalid_expiry_year do_not_honor
    generic_decline call_issuer no_action_taken not_permitted service_not_allowed security_violation
    transaction_not_allowed card_not_supported currency_not_supported card_velocity_exceeded
    withdrawal_count_limit_exceeded invalid_amount new_account_information_available
    duplicate_transaction testmode_decline account_closed no_account invalid_currency
    bank_account_declined bank_account_restricted bank_account_unusable bank_account_unverified
    bank_account_bad_routing_numbers bank_account_verification_failed`),
  never_with_this_method: words(`
    lost_card stolen_card fraudulent merchant_blacklist pickup_card restricted_card
    revocation_of_authorization revocation_of_all_authorizations stop_payment_order do_not_try_again
    debit_not_authorized`),
};

/**
 * Codes of the SDK that are no bank's no: mistakes in a request, settings of an account, other parts of
 * Stripe. A new version of the SDK with a new code fails until someone has decided where it belongs.
 */
const noDeclines = words(`
  account_country_invalid_address account_error_country_change_requires_additional_steps
  account_token_required_for_v2_account acss_debit_session_incomplete action_blocked
  alipay_upgrade_required amount_too_large amount_too_small anomalous_money_movement_request
  api_key_expired application_fees_not_allowed approval_required balance_insufficient
  balance_invalid_parameter bank_account_exists bitcoin_upgrade_required capability_not_active
  capture_charge_authorization_expired capture_unauthorized_payment
  cardholder_phone_number_required charge_already_captured charge_already_refunded
  charge_disputed charge_expired_for_capture charge_invalid_parameter charge_not_refundable
  clearing_code_unsupported country_code_invalid country_unsupported coupon_expired
  customer_max_payment_methods customer_max_subscriptions customer_session_expired
  customer_tax_location_invalid dispute_evidence_page_limit_exceeded email_invalid
  failed_tax_calculation financial_account_balance_does_not_support_currency
  financial_account_capability_not_enabled financial_account_capability_restricted
  financial_connections_account_pending_account_numbers
  financial_connections_account_unavailable_account_numbers
  financial_connections_consent_locale_invalid financial_connections_consent_locale_unsupported
  financial_connections_no_successful_transaction_refresh forwarding_api_inactive
  forwarding_api_invalid_parameter forwarding_api_retryable_upstream_error
  forwarding_api_upstream_connection_error forwarding_api_upstream_connection_timeout
  forwarding_api_upstream_error idempotency_key_in_use instant_payouts_config_disabled
  instant_payouts_currency_disabled instant_payouts_limit_exceeded instant_payouts_unsupported
  intent_invalid_state intent_verification_method_missing invalid_canceled_subscription_fields
  invalid_characters invalid_charge_amount invalid_mandate_reference_prefix_format
  invalid_source_usage invalid_tax_location invoice_no_customer_line_items
  invoice_no_payment_method_types invoice_no_subscription_line_items invoice_not_editable
  invoice_on_behalf_of_not_editable invoice_payment_intent_requires_action invoice_upcoming_none
  livemode_mismatch lock_timeout missing not_allowed_on_standard_account out_of_inventory
  ownership_declaration_not_allowed parameter_invalid_empty parameter_invalid_integer
  parameter_invalid_string_blank parameter_invalid_string_empty parameter_missing
  parameter_unknown parameters_exclusive payment_evaluation_on_api_version_not_supported
  payment_intent_invalid_parameter payment_intent_konbini_rejected_confirmation_number
  payment_intent_rate_limit_exceeded payment_intent_unexpected_state
  payment_method_bank_account_already_verified payment_method_billing_details_address_missing
  payment_method_configuration_failures payment_method_invalid_parameter
  payment_method_invalid_parameter_testmode payment_method_microdeposit_processing_error
  payment_method_microdeposit_verification_amounts_invalid
  payment_method_microdeposit_verification_amounts_mismatch
  payment_method_microdeposit_verification_attempts_exceeded
  payment_method_microdeposit_verification_descriptor_code_mismatch
  payment_method_microdeposit_verification_timeout payout_reconciliation_not_ready
  payouts_limit_exceeded payouts_not_allowed platform_account_required platform_api_key_expired
  product_inactive progressive_onboarding_limit_exceeded rate_limit refund_disputed_payment
  request_blocked resource_already_exists resource_missing return_intent_already_processed
  secret_key_required service_period_coupon_with_metered_tiered_item_unsupported
  setup_attempt_failed setup_intent_authentication_failure setup_intent_invalid_parameter
  setup_intent_mandate_invalid setup_intent_mobile_wallet_unsupported
  setup_intent_setup_attempt_expired setup_intent_unexpected_state shipping_address_invalid
  shipping_calculation_failed siret_invalid sku_inactive smart_disputes_not_available
  state_unsupported status_transition_invalid storer_capability_missing
  storer_capability_not_active stripe_tax_inactive
  subscription_update_trial_after_billing_cycle_anchor tax_id_invalid tax_id_prohibited
  taxes_calculation_failed terminal_location_country_unsupported terminal_reader_busy
  terminal_reader_hardware_fault terminal_reader_invalid_location_for_activation
  terminal_reader_invalid_location_for_payment terminal_reader_offline terminal_reader_timeout
  tls_version_unsupported token_already_used token_card_network_invalid token_in_use
  transfer_source_balance_parameters_mismatch transfers_not_allowed url_invalid`);

/** The longest union of string literals that the SDK declares under a name in a file. */
function declared(file: string, name: string): string[] {
  const sdk = dirname(createRequire(import.meta.url).resolve('stripe'));
  const text = readFileSync(join(sdk, '..', 'esm', 'resources', file), 'utf8');
  const unions = [...text.matchAll(new RegExp(`type ${name} = ([^;]+);`, 'g'))].map(([, union]) =>
    [...(union ?? '').matchAll(/'([a-z_0-9]+)'/g)].map(([, literal]) => literal ?? ''),
  );
  const [longest] = unions.sort((a, b) => b.length - a.length);
  if (!longest || longest.length === 0) throw new Error(`${file} declares no ${name}`);
  return longest;
}

describe('the table of declines', () => {
  it.each(Object.entries(documented))(
    'has every documented code of the group %s',
    (kind, codes) => {
      const found = codes.map((code) => [code, declineTable[code]]);
      expect(found).toEqual(codes.map((code) => [code, kind]));
    },
  );

  it('has every code that the SDK declares for a payment, but those that are no decline', () => {
    const codes = declared('PaymentIntents.d.ts', 'Code');
    expect(codes.length).toBeGreaterThan(150);
    const missing = codes.filter((code) => !Object.hasOwn(declineTable, code));
    expect(missing.sort()).toEqual([...noDeclines].sort());
  });

  it('has every advice that the SDK declares', () => {
    const advice = declared('Charges.d.ts', 'AdviceCode');
    expect(Object.keys(stripeAdvice).sort()).toEqual(advice.sort());
  });

  it('has every advice of Mastercard, with the time to wait', () => {
    const hours = { 24: 1, 25: 24, 26: 48, 27: 96, 28: 144, 29: 192, 30: 240 };
    const found = Object.entries(networkAdvice).map(([code, { kind, waitMs }]) => [
      code,
      kind,
      waitMs === null ? null : waitMs / 3_600_000,
    ]);
    expect(found.sort()).toEqual(
      [
        ['01', 'another_method', null],
        ['02', 'later', null],
        ['03', 'never_with_this_method', null],
        ['21', 'never_with_this_method', null],
        ...Object.entries(hours).map(([code, wait]) => [code, 'later', wait]),
      ].sort(),
    );
  });

  it('keeps what points at loss, theft or fraud for staff', () => {
    const kept = words(`
      lost_card stolen_card fraudulent merchant_blacklist pickup_card restricted_card
      security_violation`);
    expect([...sensitiveCodes].sort()).toEqual(kept.sort());
  });
});
