import { m } from '@onfile/messages/messages.js';
import type { EvidenceField } from './api-types.ts';

const names: Record<EvidenceField, () => string> = {
  customer_name: m.admin_field_customer_name,
  customer_email_address: m.admin_field_customer_email_address,
  customer_purchase_ip: m.admin_field_customer_purchase_ip,
  billing_address: m.admin_field_billing_address,
  product_description: m.admin_field_product_description,
  service_date: m.admin_field_service_date,
  access_activity_log: m.admin_field_access_activity_log,
  refund_policy_disclosure: m.admin_field_refund_policy_disclosure,
  refund_refusal_explanation: m.admin_field_refund_refusal_explanation,
  cancellation_policy_disclosure: m.admin_field_cancellation_policy_disclosure,
  cancellation_rebuttal: m.admin_field_cancellation_rebuttal,
  duplicate_charge_id: m.admin_field_duplicate_charge_id,
  duplicate_charge_explanation: m.admin_field_duplicate_charge_explanation,
  shipping_address: m.admin_field_shipping_address,
  shipping_carrier: m.admin_field_shipping_carrier,
  shipping_date: m.admin_field_shipping_date,
  shipping_tracking_number: m.admin_field_shipping_tracking_number,
  uncategorized_text: m.admin_field_uncategorized_text,
  service_documentation: m.admin_field_service_documentation,
  receipt: m.admin_field_receipt,
  customer_communication: m.admin_field_customer_communication,
  customer_signature: m.admin_field_customer_signature,
  refund_policy: m.admin_field_refund_policy,
  cancellation_policy: m.admin_field_cancellation_policy,
  shipping_documentation: m.admin_field_shipping_documentation,
  duplicate_charge_documentation: m.admin_field_duplicate_charge_documentation,
  uncategorized_file: m.admin_field_uncategorized_file,
};

/** One of Stripe's evidence fields, in words. */
export function evidenceFieldName(field: string): string {
  return Object.hasOwn(names, field) ? names[field as EvidenceField]() : field.replaceAll('_', ' ');
}
