import type Stripe from 'stripe';
import { idOf, newId } from '../../ids.ts';

/** Evidence that names a file (`file_…`); all else is text. */
export const EVIDENCE_FILES = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;
export const EVIDENCE_TEXTS = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;

type NewDispute = {
  charge: Stripe.Charge;
  reason: string;
  inquiry: boolean;
  /** Unix seconds. */
  now: number;
  dueBy: number;
};

/** A dispute that waits for an answer; an inquiry takes no money yet. */
export function buildDispute(given: NewDispute): Stripe.Dispute {
  const { charge, inquiry } = given;
  const brand = charge.payment_method_details?.card?.brand ?? null;
  return {
    id: newId(brand === null ? 'du' : 'dp'),
    object: 'dispute',
    amount: charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: given.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: blankEvidence(charge),
    evidence_details: {
      due_by: given.dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    ...(brand === null
      ? {}
      : {
          payment_method_details: {
            card: {
              brand,
              case_type: inquiry ? 'inquiry' : 'chargeback',
              network: brand,
              network_reason_code: given.reason === 'fraudulent' ? '10.4' : '13.1',
            },
            type: 'card',
          },
        }),
    reason: given.reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
}

/** What Stripe knows already is filled in: who paid, and from where. */
function blankEvidence(charge: Stripe.Charge): Stripe.Dispute.Evidence {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: charge.billing_details.email,
    customer_name: charge.billing_details.name,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  };
}
