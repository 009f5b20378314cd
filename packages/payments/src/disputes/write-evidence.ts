import type { AttemptStatus, Row } from '@onfile/db/database.ts';
import type { DisputeFacts } from '@onfile/db/views/dispute-facts.ts';
import { m } from '@onfile/messages/messages.js';
import { sectionsOf } from '../agreements/terms.ts';
import { formatAmount } from '../money.ts';
import { nameMethod } from '../payment-methods/name-method.ts';
import { dayInWords, momentInWords } from './day-in-words.ts';
import type { Evidence, EvidenceText } from './evidence-fields.ts';
import { evidenceTexts, evidenceTextNames } from './evidence-fields.ts';

type Texts = Partial<Record<EvidenceText, string>>;

const outcomes: Record<AttemptStatus, () => string> = {
  open: m.evidence_outcome_open,
  succeeded: m.evidence_outcome_succeeded,
  authorized: m.evidence_outcome_authorized,
  processing: m.evidence_outcome_processing,
  requires_action: m.evidence_outcome_requires_action,
  declined: m.evidence_outcome_declined,
  canceled: m.evidence_outcome_canceled,
  rejected: m.evidence_outcome_rejected,
};

/**
 * The answer to a dispute as far as the record goes, in Stripe's fields: who the customer is, what
 * they agreed to and from where, what was sold, what was charged and told. Staff add the rest.
 */
export function writeEvidence(facts: DisputeFacts, timeZone: string): Evidence {
  const { customer, agreement, order } = facts;
  const texts: Texts = {
    customer_name: customer.name ?? billingOf(facts.method)?.name ?? '',
    customer_email_address: customer.email,
    customer_purchase_ip: agreement?.ipAddress ?? '',
    billing_address: addressOf(facts.method),
    product_description: describeProduct(facts, timeZone),
    service_date: order?.eventAt ? dayInWords(order.eventAt, timeZone) : '',
    access_activity_log: writeLog(facts),
    refund_policy_disclosure: quotePolicy(facts, /refund/i),
    cancellation_policy_disclosure: quotePolicy(facts, /cancel/i),
    uncategorized_text: tellStory(facts),
  };
  return Object.fromEntries(
    evidenceTextNames.flatMap((name) => {
      const text = texts[name]?.slice(0, evidenceTexts[name]);
      return text ? [[name, text]] : [];
    }),
  );
}

/** What was sold, with its price and its day. */
function describeProduct({ order, payment }: DisputeFacts, timeZone: string): string {
  if (!order) return payment.reason;
  const lines = order.items.map((item) =>
    m.evidence_product_line({
      quantity: String(item.quantity),
      description: item.description,
      amount: formatAmount(item.unitAmountMinor * item.quantity, order.currency),
    }),
  );
  const placed = dayInWords(order.placedAt, timeZone);
  return [
    ...lines,
    m.evidence_order({ number: order.number, placed }),
    ...(order.eventAt ? [m.evidence_order_day({ day: dayInWords(order.eventAt, timeZone) })] : []),
  ].join('\n');
}

/** The payment in whole sentences, for somebody who has never heard of this shop. */
function tellStory(facts: DisputeFacts): string {
  const { payment, agreement, terms, refunds, mails, customer, dispute } = facts;
  const amount = formatAmount(payment.amountReceivedMinor, payment.currency);
  const moment = momentInWords(payment.settledAt ?? payment.createdAt);
  const sentences = [
    m.evidence_charged({ amount, moment, reason: payment.reason }),
    m.evidence_charge_id({ charge: dispute.stripeChargeId, method: methodName(facts) }),
    wasAway(facts) ? m.evidence_away() : m.evidence_present(),
  ];
  if (agreement && terms) {
    const cap = formatAmount(agreement.capAmountMinor, agreement.currency);
    const version = String(terms.version);
    const agreed = momentInWords(agreement.acceptedAt);
    sentences.push(
      m.evidence_agreed({ moment: agreed, version, cap, hash: agreement.termsHash }),
      m.evidence_agreed_from({
        ip: agreement.ipAddress ?? m.evidence_not_recorded(),
        browser: agreement.userAgent ?? m.evidence_not_recorded(),
      }),
    );
    const { withdrawnAt } = agreement;
    if (withdrawnAt !== null && withdrawnAt > (payment.settledAt ?? payment.createdAt)) {
      sentences.push(m.evidence_withdrawn({ moment: momentInWords(withdrawnAt) }));
    }
  }
  sentences.push(
    ...givenBack(refunds).map(({ text, at }) => m.evidence_refunded({ amount: text, moment: at })),
  );
  if (mails.length > 0) {
    sentences.push(m.evidence_mails({ count: String(mails.length), address: customer.email }));
  }
  return sentences.join('\n');
}

/** Whether it was collected by an attempt of ours, with nobody at a page. */
function wasAway({ attempts }: DisputeFacts): boolean {
  const last = attempts.findLast(({ status }) => status === 'succeeded');
  return last ? last.request.includes('"off_session":true') : false;
}

function givenBack(refunds: Row<'refunds'>[]): { text: string; at: string }[] {
  return refunds
    .filter(({ status }) => status === 'succeeded')
    .map((refund) => ({
      text: formatAmount(refund.amountMinor, refund.currency),
      at: momentInWords(refund.createdAt),
    }));
}

/** What happened, line by line, in the order in which it did. */
function writeLog({ agreement, terms, order, attempts, refunds, mails, payment }: DisputeFacts) {
  const amount = formatAmount(payment.amountMinor, payment.currency);
  const lines: [at: number, text: string][] = attempts.map((attempt) => [
    attempt.startedAt,
    m.evidence_log_attempt({
      moment: momentInWords(attempt.startedAt),
      number: String(attempt.number),
      amount,
      outcome: outcomes[attempt.status](),
    }),
  ]);
  if (agreement) {
    const moment = momentInWords(agreement.acceptedAt);
    const ip = agreement.ipAddress ?? m.evidence_not_recorded();
    const version = String(terms?.version ?? '');
    lines.push([agreement.acceptedAt, m.evidence_log_agreed({ moment, version, ip })]);
  }
  if (order) {
    const moment = momentInWords(order.placedAt);
    lines.push([order.placedAt, m.evidence_log_ordered({ moment, number: order.number })]);
  }
  for (const refund of refunds.filter(({ status }) => status === 'succeeded')) {
    const moment = momentInWords(refund.createdAt);
    const text = formatAmount(refund.amountMinor, refund.currency);
    lines.push([refund.createdAt, m.evidence_log_refund({ moment, amount: text })]);
  }
  for (const mail of mails) {
    const moment = momentInWords(mail.sentAt ?? mail.createdAt);
    const subject = mailSubject(mail);
    lines.push([mail.createdAt, m.evidence_log_mail({ moment, address: mail.toAddress, subject })]);
  }
  return lines
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join('\n');
}

/** What a mail was called; one that has not gone out yet has its kind alone. */
export function mailSubject(mail: DisputeFacts['mails'][number]): string {
  const subject = mail.subject ?? mail.kind.replaceAll('_', ' ');
  return mail.sentAt === null ? m.evidence_mail_unsent({ subject }) : subject;
}

/** The sections of the terms that speak of something, as they were shown. */
function quotePolicy({ agreement, terms }: DisputeFacts, about: RegExp): string {
  if (!agreement || !terms) return '';
  const all = sectionsOf(terms);
  const headed = all.filter(({ heading }) => about.test(heading));
  const sections = headed.length > 0 ? headed : all.filter(({ text }) => about.test(text));
  if (sections.length === 0) return '';
  const moment = momentInWords(agreement.acceptedAt);
  const intro = m.evidence_policy({ moment, version: String(terms.version) });
  return [intro, ...sections.map(({ heading, text }) => `${heading}\n${text}`)].join('\n\n');
}

export function methodName({ method }: Pick<DisputeFacts, 'method'>): string {
  return method ? nameMethod(method) : m.evidence_method_unknown();
}

interface Billing {
  name?: string | null;
  address?: Partial<
    Record<'line1' | 'line2' | 'city' | 'state' | 'postal_code' | 'country', string | null>
  > | null;
}

function billingOf(method: Row<'paymentMethods'> | null): Billing | null {
  return method?.billingDetails ? (JSON.parse(method.billingDetails) as Billing) : null;
}

function addressOf(method: Row<'paymentMethods'> | null): string {
  const address = billingOf(method)?.address;
  if (!address) return '';
  const { line1, line2, postal_code: postalCode, city, state, country } = address;
  const town = [postalCode, city].filter(Boolean).join(' ');
  return [line1, line2, town, state, country].filter(Boolean).join('\n');
}
