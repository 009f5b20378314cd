import type { DisputeFacts } from '@onfile/db/views/dispute-facts.ts';
import { m } from '@onfile/messages/messages.js';
import { sectionsOf } from '../agreements/terms.ts';
import { formatAmount } from '../money.ts';
import { momentInWords } from './day-in-words.ts';
import type { EvidenceFileField } from './evidence-fields.ts';
import { mailSubject, methodName } from './write-evidence.ts';

/** A document for a bank: facts, then texts under their headings. */
export interface EvidenceDocument {
  field: EvidenceFileField;
  filename: string;
  title: string;
  intro?: string;
  facts: { name: string; value: string }[];
  sections: { heading: string; text: string }[];
}

/** What is on record, as documents: the agreement as it was shown, the receipt, the mails. */
export function evidenceDocuments(facts: DisputeFacts, shop: string): EvidenceDocument[] {
  return [
    ...agreementDocument(facts, shop),
    receiptDocument(facts, shop),
    ...mailsDocument(facts, shop),
  ];
}

function whoIs({ customer }: DisputeFacts): { name: string; value: string }[] {
  return [
    { name: m.evidence_fact_customer(), value: customer.name ?? customer.email },
    { name: m.evidence_fact_email(), value: customer.email },
  ];
}

function agreementDocument(facts: DisputeFacts, shop: string): EvidenceDocument[] {
  const { agreement, terms, customer } = facts;
  if (!agreement || !terms) return [];
  const cap = formatAmount(agreement.capAmountMinor, agreement.currency);
  const orNot = (value: string | null) => value ?? m.evidence_not_recorded();
  return [
    {
      field: 'service_documentation',
      filename: `agreement-${agreement.id}.pdf`,
      title: m.evidence_document_agreement({ customer: customer.name ?? customer.email, shop }),
      intro: m.evidence_document_agreement_intro(),
      facts: [
        ...whoIs(facts),
        { name: m.evidence_fact_agreed(), value: momentInWords(agreement.acceptedAt) },
        { name: m.evidence_fact_version(), value: String(terms.version) },
        { name: m.evidence_fact_cap(), value: cap },
        { name: m.evidence_fact_ip(), value: orNot(agreement.ipAddress) },
        { name: m.evidence_fact_browser(), value: orNot(agreement.userAgent) },
        { name: m.evidence_fact_reference(), value: agreement.id },
        { name: m.evidence_fact_hash(), value: agreement.termsHash },
      ],
      sections: sectionsOf(terms),
    },
  ];
}

function receiptDocument(facts: DisputeFacts, shop: string): EvidenceDocument {
  const { payment, dispute, order, refunds } = facts;
  const items = (order?.items ?? []).map((item) =>
    m.evidence_product_line({
      quantity: String(item.quantity),
      description: item.description,
      amount: formatAmount(item.unitAmountMinor * item.quantity, payment.currency),
    }),
  );
  return {
    field: 'receipt',
    filename: `receipt-${payment.id}.pdf`,
    title: m.evidence_document_receipt({ shop }),
    facts: [
      ...whoIs(facts),
      {
        name: m.evidence_fact_amount(),
        value: formatAmount(payment.amountReceivedMinor, payment.currency),
      },
      {
        name: m.evidence_fact_paid(),
        value: momentInWords(payment.settledAt ?? payment.createdAt),
      },
      { name: m.evidence_fact_for(), value: payment.reason },
      { name: m.evidence_fact_method(), value: methodName(facts) },
      { name: m.evidence_fact_charge(), value: dispute.stripeChargeId },
      { name: m.evidence_fact_payment(), value: payment.id },
      ...refunds
        .filter(({ status }) => status === 'succeeded')
        .map((refund) => ({
          name: m.evidence_fact_refunded(),
          value: formatAmount(refund.amountMinor, refund.currency),
        })),
    ],
    sections: order
      ? [{ heading: `${m.evidence_fact_order()} ${order.number}`, text: items.join('\n') }]
      : [],
  };
}

function mailsDocument(facts: DisputeFacts, shop: string): EvidenceDocument[] {
  const { mails, customer, dispute } = facts;
  if (mails.length === 0) return [];
  return [
    {
      field: 'customer_communication',
      filename: `mails-${dispute.id}.pdf`,
      title: m.evidence_document_mails({ shop, customer: customer.email }),
      facts: whoIs(facts),
      sections: mails.map((mail) => ({
        heading: momentInWords(mail.sentAt ?? mail.createdAt),
        text: mailSubject(mail),
      })),
    },
  ];
}
