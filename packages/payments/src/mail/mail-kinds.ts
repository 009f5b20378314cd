/** What a mail about an amount owed is told. */
export interface PaymentFacts {
  paymentId: string;
  /** Their address. */
  customer: string;
  amount: string;
  /** What it is for. */
  reason: string;
  /** Why it waits or was given up: a payment's `nextStepReason`. */
  why: string;
  /** The recovery link to send; empty where the mail has none. Its secret part is never stored. */
  linkId: string;
  /** The day on which it is tried again by itself, as it is written; empty when it is not. */
  again: string;
}

/**
 * Every mail and what it is told: facts only, already written for people where they are amounts or
 * dates. The words come from the message catalogue when the mail is rendered.
 */
export interface MailData {
  one_time_code: { code: string; minutes: number };
  verify_address: { url: string };
  /** `cap`: up to which sum it may be charged while its owner is away; empty when not at all. */
  method_saved: { method: string; cap: string };
  method_removed: { method: string };
  mandate_ended: { method: string; waiting: number };
  mandate_ended_staff: { method: string; waiting: number; customerId: string; customer: string };
  agreement_withdrawn: { date: string; waiting: number; held: number };
  agreement_withdrawn_staff: {
    customerId: string;
    customer: string;
    date: string;
    waiting: number;
    held: number;
  };
  method_needed: { amount: string; reason: string };
  payment_charged: PaymentFacts;
  payment_failed: PaymentFacts;
  action_required: PaymentFacts;
  hold_placed: PaymentFacts;
  hold_released: PaymentFacts;
  payment_given_up_staff: PaymentFacts;
  /** `day`: when it is charged; `method`: with what. */
  upcoming_charge: PaymentFacts & { day: string; method: string };
  /** About the next payment that the card will not live to see; `expiry`: `03/2027`. */
  method_expiring: PaymentFacts & { day: string; method: string; expiry: string };
  /** `until`: when the bank lets go; `end`: what is done then (`release`, `capture`, `renew`). */
  hold_ending_staff: {
    paymentId: string;
    customer: string;
    amount: string;
    reason: string;
    until: string;
    end: string;
  };
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
  /** `error`: what its handler threw, without secrets. */
  event_dead_staff: { eventId: string; type: string; error: string };
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
  /** Makes the secret part of a recovery link. */
  authSecret: string;
}

/** Writes one kind of mail. */
export type MailTemplate<Kind extends MailKind> = (
  data: MailData[Kind],
  sender: MailSender,
) => MailWords;
