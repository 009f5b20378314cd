/**
 * Every mail and what it is told: facts only, already written for people where they are amounts or
 * dates. The words come from the message catalogue when the mail is rendered.
 */
export interface MailData {
  one_time_code: { code: string; minutes: number };
  verify_address: { url: string };
  method_saved: { method: string; cap: string };
  method_removed: { method: string };
  agreement_withdrawn: { date: string; waiting: number };
  agreement_withdrawn_staff: {
    customerId: string;
    customer: string;
    date: string;
    waiting: number;
  };
  method_needed: { amount: string; reason: string };
  /** `note`: what staff said of it; empty for one made in Stripe's Dashboard. `method`: may be empty. */
  refunded: { amount: string; reason: string; note: string; method: string };
  refund_failed_staff: { amount: string; reason: string; paymentId: string; customer: string };
  dispute_opened_staff: {
    amount: string;
    reason: string;
    disputeId: string;
    customer: string;
    /** The day until which evidence is taken; empty when there is none. */
    dueOn: string;
  };
  fraud_warning_staff: { amount: string; reason: string; paymentId: string; customer: string };
  method_needed_staff: { paymentId: string; customer: string; amount: string; reason: string };
}

export type MailKind = keyof MailData;

/** A mail before it has a shape: sentences, and at most one thing to do. */
export interface MailWords {
  subject: string;
  paragraphs: string[];
  button?: { words: string; url: string };
}

/** Where links lead, and who writes. */
export interface MailSender {
  shopName: string;
  storefrontOrigin: string;
  adminOrigin: string;
}

/** Writes one kind of mail. */
export type MailTemplate<Kind extends MailKind> = (
  data: MailData[Kind],
  sender: MailSender,
) => MailWords;
