import { m } from '@onfile/messages/messages.js';
import type { RefusalCode } from '@onfile/payments/refusal.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';

type Params = Record<string, string>;

interface PublicRefusal {
  trpc: TRPCError['code'];
  sentence: (params: Params) => string;
}

const text = (params: Params, name: string): string => params[name] ?? '';

/** Every refusal's tRPC code and public sentence; a code without an entry does not compile. */
export const refusals: Record<RefusalCode, PublicRefusal> = {
  not_signed_in: { trpc: 'UNAUTHORIZED', sentence: m.refusal_not_signed_in },
  too_many_tries: {
    trpc: 'TOO_MANY_REQUESTS',
    sentence: (p) => m.refusal_too_many_tries({ wait: text(p, 'wait') }),
  },
  captcha_failed: { trpc: 'FORBIDDEN', sentence: m.refusal_captcha_failed },
  guests_only: { trpc: 'CONFLICT', sentence: m.refusal_guests_only },
  claim_not_matched: { trpc: 'NOT_FOUND', sentence: m.refusal_claim_not_matched },
  role_not_allowed: { trpc: 'FORBIDDEN', sentence: m.refusal_role_not_allowed },
  second_factor_required: { trpc: 'FORBIDDEN', sentence: m.refusal_second_factor_required },
  not_found: { trpc: 'NOT_FOUND', sentence: m.refusal_not_found },
  terms_not_accepted: { trpc: 'BAD_REQUEST', sentence: m.refusal_terms_not_accepted },
  terms_outdated: { trpc: 'CONFLICT', sentence: m.refusal_terms_outdated },
  terms_unchanged: { trpc: 'CONFLICT', sentence: m.refusal_terms_unchanged },
  terms_without_currency: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_terms_without_currency({ currency: text(p, 'currency') }),
  },
  payment_mode_only: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_payment_mode_only({ name: text(p, 'name') }),
  },
  customer_portal_off: { trpc: 'FORBIDDEN', sentence: m.refusal_customer_portal_off },
  amount_malformed: { trpc: 'BAD_REQUEST', sentence: m.refusal_amount_malformed },
  amount_too_precise: {
    trpc: 'BAD_REQUEST',
    sentence: (p) =>
      m.refusal_amount_too_precise({ currency: text(p, 'currency'), digits: text(p, 'digits') }),
  },
  amount_not_a_step: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_amount_not_a_step({ step: text(p, 'step') }),
  },
  amount_too_small: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_amount_too_small({ minimum: text(p, 'minimum') }),
  },
  amount_too_large: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_amount_too_large({ maximum: text(p, 'maximum') }),
  },
  currency_unknown: { trpc: 'BAD_REQUEST', sentence: m.refusal_currency_unknown },
  currency_repeated: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_currency_repeated({ currency: text(p, 'currency') }),
  },
  reason_missing: { trpc: 'BAD_REQUEST', sentence: m.refusal_reason_missing },
  agreement_not_active: { trpc: 'CONFLICT', sentence: m.refusal_agreement_not_active },
  agreement_expired: { trpc: 'CONFLICT', sentence: m.refusal_agreement_expired },
  agreement_covers_other_purpose: {
    trpc: 'FORBIDDEN',
    sentence: m.refusal_agreement_covers_other_purpose,
  },
  agreement_currency_differs: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_agreement_currency_differs({ currency: text(p, 'currency') }),
  },
  agreement_does_not_name_method: {
    trpc: 'FORBIDDEN',
    sentence: m.refusal_agreement_does_not_name_method,
  },
  agreement_cap_exceeded: {
    trpc: 'CONFLICT',
    sentence: (p) =>
      m.refusal_agreement_cap_exceeded({ left: text(p, 'left'), cap: text(p, 'cap') }),
  },
  payment_method_detached: { trpc: 'CONFLICT', sentence: m.refusal_payment_method_detached },
  replacement_not_usable: { trpc: 'CONFLICT', sentence: m.refusal_replacement_not_usable },
  nickname_too_long: { trpc: 'BAD_REQUEST', sentence: m.refusal_nickname_too_long },
  expiry_malformed: { trpc: 'BAD_REQUEST', sentence: m.refusal_expiry_malformed },
  method_cannot_be_held: { trpc: 'CONFLICT', sentence: m.refusal_method_cannot_be_held },
  raise_not_above_hold: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_raise_not_above_hold({ held: text(p, 'held') }),
  },
  hold_not_raisable: { trpc: 'CONFLICT', sentence: m.refusal_hold_not_raisable },
  mandate_inactive: { trpc: 'CONFLICT', sentence: m.refusal_mandate_inactive },
  payment_method_in_use: { trpc: 'CONFLICT', sentence: m.refusal_payment_method_in_use },
  quantity_not_allowed: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_quantity_not_allowed({ most: text(p, 'most') }),
  },
  event_date_needed: { trpc: 'BAD_REQUEST', sentence: m.refusal_event_date_needed },
  order_not_payable: { trpc: 'CONFLICT', sentence: m.refusal_order_not_payable },
  order_above_terms: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_order_above_terms({ later: text(p, 'later'), cap: text(p, 'cap') }),
  },
  capture_above_hold: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_capture_above_hold({ held: text(p, 'held') }),
  },
  order_not_held: { trpc: 'CONFLICT', sentence: m.refusal_order_not_held },
  payment_method_not_offered: {
    trpc: 'CONFLICT',
    sentence: m.refusal_payment_method_not_offered,
  },
  payment_under_way: { trpc: 'CONFLICT', sentence: m.refusal_payment_under_way },
  charge_request_reused: { trpc: 'FORBIDDEN', sentence: m.refusal_charge_request_reused },
  payment_being_charged: { trpc: 'CONFLICT', sentence: m.refusal_payment_being_charged },
  payment_settled: { trpc: 'CONFLICT', sentence: m.refusal_payment_settled },
  payment_due_already: { trpc: 'CONFLICT', sentence: m.refusal_payment_due_already },
  payment_not_due: { trpc: 'CONFLICT', sentence: m.refusal_payment_not_due },
  payment_paused: { trpc: 'CONFLICT', sentence: m.refusal_payment_paused },
  shopper_must_act: { trpc: 'CONFLICT', sentence: m.refusal_shopper_must_act },
  shopper_is_paying: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_shopper_is_paying({ until: text(p, 'until') }),
  },
  try_too_early: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_try_too_early({ when: text(p, 'when') }),
  },
  day_out_of_range: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_day_out_of_range({ first: text(p, 'first'), last: text(p, 'last') }),
  },
  event_not_passed: { trpc: 'CONFLICT', sentence: m.refusal_event_not_passed },
  fee_not_agreed: { trpc: 'CONFLICT', sentence: m.refusal_fee_not_agreed },
  reservation_not_cancelable: {
    trpc: 'CONFLICT',
    sentence: m.refusal_reservation_not_cancelable,
  },
  canceling_costs: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_canceling_costs({ amount: text(p, 'amount') }),
  },
  notice_out_of_range: {
    trpc: 'BAD_REQUEST',
    sentence: (p) =>
      m.refusal_notice_out_of_range({ first: text(p, 'first'), last: text(p, 'last') }),
  },
  order_ended: { trpc: 'CONFLICT', sentence: m.refusal_order_ended },
  order_holds_funds: { trpc: 'CONFLICT', sentence: m.refusal_order_holds_funds },
  link_unknown: { trpc: 'NOT_FOUND', sentence: m.refusal_link_unknown },
  link_ended: { trpc: 'FORBIDDEN', sentence: m.refusal_link_ended },
  nothing_owed: { trpc: 'CONFLICT', sentence: m.refusal_nothing_owed },
  no_intent: { trpc: 'CONFLICT', sentence: m.refusal_no_intent },
  payment_method_frozen: { trpc: 'CONFLICT', sentence: m.refusal_payment_method_frozen },
  payment_not_refundable: { trpc: 'CONFLICT', sentence: m.refusal_payment_not_refundable },
  payment_disputed: { trpc: 'CONFLICT', sentence: m.refusal_payment_disputed },
  refund_above_paid: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_refund_above_paid({ left: text(p, 'left') }),
  },
  refund_refused: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_refund_refused({ code: text(p, 'code') }),
  },
  refund_not_owed: { trpc: 'CONFLICT', sentence: m.refusal_refund_not_owed },
  refund_not_cancelable: { trpc: 'CONFLICT', sentence: m.refusal_refund_not_cancelable },
  note_missing: { trpc: 'BAD_REQUEST', sentence: m.refusal_note_missing },
  dispute_not_open: { trpc: 'CONFLICT', sentence: m.refusal_dispute_not_open },
  dispute_past_due: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_dispute_past_due({ day: text(p, 'day') }),
  },
  dispute_changed: { trpc: 'CONFLICT', sentence: m.refusal_dispute_changed },
  dispute_under_way: { trpc: 'CONFLICT', sentence: m.refusal_dispute_under_way },
  dispute_refused: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_dispute_refused({ code: text(p, 'code') }),
  },
  evidence_missing: { trpc: 'BAD_REQUEST', sentence: m.refusal_evidence_missing },
  evidence_too_long: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_evidence_too_long({ most: text(p, 'most') }),
  },
  file_sent: { trpc: 'CONFLICT', sentence: m.refusal_file_sent },
  file_not_taken: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_file_not_taken({ most: text(p, 'most') }),
  },
  environment_not_own: { trpc: 'FORBIDDEN', sentence: m.refusal_environment_not_own },
  environment_not_foreign: { trpc: 'CONFLICT', sentence: m.refusal_environment_not_foreign },
  environment_account_differs: {
    trpc: 'BAD_REQUEST',
    sentence: (p) => m.refusal_environment_account_differs({ account: text(p, 'account') }),
  },
  environment_mode_differs: { trpc: 'CONFLICT', sentence: m.refusal_environment_mode_differs },
  day_not_passed: { trpc: 'BAD_REQUEST', sentence: m.refusal_day_not_passed },
  endpoint_not_asked: { trpc: 'SERVICE_UNAVAILABLE', sentence: m.refusal_endpoint_not_asked },
  customer_erased: { trpc: 'CONFLICT', sentence: m.refusal_customer_erased },
  customer_address_differs: {
    trpc: 'BAD_REQUEST',
    sentence: m.refusal_customer_address_differs,
  },
  customer_not_erasable: {
    trpc: 'CONFLICT',
    sentence: (p) => m.refusal_customer_not_erasable({ why: text(p, 'why') }),
  },
  stripe_unavailable: { trpc: 'SERVICE_UNAVAILABLE', sentence: m.refusal_stripe_unavailable },
  stripe_refused: { trpc: 'CONFLICT', sentence: m.refusal_stripe_refused },
};

/** What a caller is told: a code to branch on, the field at fault, a sentence to show. */
export interface ShownRefusal {
  code: RefusalCode | 'invalid_input';
  field: string | null;
  sentence: string;
}

/** The first problem that a schema found, as a sentence that names the field. */
function showSchemaError(error: ZodError): ShownRefusal {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || 'input';
  const shown = { code: 'invalid_input' as const, field };
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    const sentence = m.refusal_input_too_long({ field, maximum: String(issue.maximum) });
    return { ...shown, sentence };
  }
  return { ...shown, sentence: m.refusal_invalid_input({ field }) };
}

/** What to show for an error that a procedure threw; null when it is a fault of ours. */
export function refusalOf(error: unknown): ShownRefusal | null {
  const cause = error instanceof Error && error.name === 'TRPCError' ? error.cause : error;
  if (cause instanceof Refusal) {
    const sentence = refusals[cause.code].sentence(cause.params);
    return { code: cause.code, field: cause.field, sentence };
  }
  return cause instanceof ZodError ? showSchemaError(cause) : null;
}
