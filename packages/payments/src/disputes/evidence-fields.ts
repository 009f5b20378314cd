/**
 * Stripe's evidence fields for the answer to a dispute (`evidence` of the Disputes API), and how long
 * their texts may be. Those without a limit of their own at Stripe get one that a line needs.
 */
export const evidenceTexts = {
  customer_name: 200,
  customer_email_address: 254,
  customer_purchase_ip: 100,
  billing_address: 1_000,
  product_description: 20_000,
  service_date: 200,
  access_activity_log: 20_000,
  refund_policy_disclosure: 20_000,
  refund_refusal_explanation: 20_000,
  cancellation_policy_disclosure: 20_000,
  cancellation_rebuttal: 20_000,
  duplicate_charge_id: 200,
  duplicate_charge_explanation: 20_000,
  shipping_address: 1_000,
  shipping_carrier: 200,
  shipping_date: 200,
  shipping_tracking_number: 500,
  uncategorized_text: 20_000,
} as const;

export type EvidenceText = keyof typeof evidenceTexts;

/** All texts together may have this many characters. */
export const mostEvidenceCharacters = 150_000;

/** Fields that name a file at Stripe (`file_…`). */
export const evidenceFileFields = [
  'service_documentation',
  'receipt',
  'customer_communication',
  'customer_signature',
  'refund_policy',
  'cancellation_policy',
  'shipping_documentation',
  'duplicate_charge_documentation',
  'uncategorized_file',
] as const;

export type EvidenceFileField = (typeof evidenceFileFields)[number];

/** Evidence as it is stored: a text or a file's id by field; empty: staff took it out. */
export type Evidence = Partial<Record<EvidenceText | EvidenceFileField, string>>;

/** Every text field's name. */
export const evidenceTextNames = Object.keys(evidenceTexts) as EvidenceText[];

/** What an answer to a dispute usually needs, by Stripe's reason for it; a hint, never a condition. */
const expected: Record<string, (EvidenceText | EvidenceFileField)[]> = {
  fraudulent: ['customer_purchase_ip', 'access_activity_log', 'billing_address'],
  unrecognized: ['customer_purchase_ip', 'product_description', 'receipt'],
  product_not_received: ['service_date', 'service_documentation', 'customer_communication'],
  product_unacceptable: ['product_description', 'refund_policy_disclosure'],
  credit_not_processed: ['refund_policy_disclosure', 'refund_refusal_explanation'],
  duplicate: ['duplicate_charge_explanation', 'receipt'],
  subscription_canceled: ['cancellation_policy_disclosure', 'cancellation_rebuttal'],
};
const expectedAlways: (EvidenceText | EvidenceFileField)[] = [
  'customer_name',
  'customer_email_address',
  'product_description',
  'service_documentation',
  'receipt',
];

/** What is usually part of such an answer and is not in this evidence. */
export function missingEvidence(
  reason: string,
  evidence: Evidence,
): (EvidenceText | EvidenceFileField)[] {
  const own = Object.hasOwn(expected, reason) ? (expected[reason] ?? []) : [];
  return [...new Set([...expectedAlways, ...own])].filter((field) => !evidence[field]);
}
