/**
 * What a caller may be refused, as a closed list: each has a tRPC code and a public sentence in
 * the api package, and an unlisted one does not compile.
 */
export type RefusalCode =
  | 'not_signed_in'
  | 'too_many_tries'
  | 'captcha_failed'
  | 'guests_only'
  | 'claim_not_matched'
  | 'role_not_allowed'
  | 'second_factor_required'
  | 'not_found'
  | 'terms_not_accepted'
  | 'terms_outdated'
  | 'terms_unchanged'
  | 'terms_without_currency'
  | 'payment_mode_only'
  | 'customer_portal_off'
  | 'amount_malformed'
  | 'amount_too_precise'
  | 'amount_not_a_step'
  | 'amount_too_small'
  | 'amount_too_large'
  | 'currency_unknown'
  | 'currency_repeated'
  | 'reason_missing'
  | 'agreement_not_active'
  | 'agreement_expired'
  | 'agreement_covers_other_purpose'
  | 'agreement_currency_differs'
  | 'agreement_does_not_name_method'
  | 'agreement_cap_exceeded'
  | 'payment_method_detached'
  | 'payment_method_in_use'
  | 'mandate_inactive'
  | 'method_cannot_be_held'
  | 'raise_not_above_hold'
  | 'hold_not_raisable'
  | 'replacement_not_usable'
  | 'nickname_too_long'
  | 'expiry_malformed'
  | 'quantity_not_allowed'
  | 'event_date_needed'
  | 'order_not_payable'
  | 'order_not_held'
  | 'capture_above_hold'
  | 'order_above_terms'
  | 'payment_method_not_offered'
  | 'payment_under_way'
  | 'charge_request_reused'
  | 'payment_being_charged'
  | 'payment_settled'
  | 'payment_due_already'
  | 'payment_not_due'
  | 'payment_paused'
  | 'shopper_must_act'
  | 'shopper_is_paying'
  | 'try_too_early'
  | 'day_out_of_range'
  | 'order_ended'
  | 'event_not_passed'
  | 'fee_not_agreed'
  | 'reservation_not_cancelable'
  | 'canceling_costs'
  | 'notice_out_of_range'
  | 'order_holds_funds'
  | 'link_unknown'
  | 'link_ended'
  | 'nothing_owed'
  | 'no_intent'
  | 'payment_method_frozen'
  | 'payment_not_refundable'
  | 'payment_disputed'
  | 'refund_above_paid'
  | 'refund_refused'
  | 'refund_not_owed'
  | 'refund_not_cancelable'
  | 'note_missing'
  | 'dispute_not_open'
  | 'dispute_past_due'
  | 'dispute_changed'
  | 'dispute_under_way'
  | 'dispute_refused'
  | 'evidence_missing'
  | 'evidence_too_long'
  | 'file_not_taken'
  | 'file_sent'
  | 'environment_not_own'
  | 'environment_not_foreign'
  | 'environment_account_differs'
  | 'environment_mode_differs'
  | 'day_not_passed'
  | 'endpoint_not_asked'
  | 'customer_erased'
  | 'customer_address_differs'
  | 'customer_not_erasable'
  | 'stripe_unavailable'
  | 'stripe_refused';

/** A caller asked for something that is not allowed. Shown in plain words, never logged as a fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** The input field at fault, by its name in the procedure's input. */
  readonly field: string | null;
  /** Values for the sentence, already fit for people (amounts formatted). */
  readonly params: Record<string, string>;

  constructor(code: RefusalCode, field: string | null = null, params: Record<string, string> = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
    this.params = params;
  }
}
