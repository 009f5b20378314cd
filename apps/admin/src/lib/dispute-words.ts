import { m } from '@onfile/messages/messages.js';

type Tone = 'neutral' | 'good' | 'warn' | 'danger';

const statuses: Partial<Record<string, [Tone, () => string]>> = {
  needs_response: ['danger', m.admin_dispute_status_needs_response],
  under_review: ['neutral', m.admin_dispute_status_under_review],
  won: ['good', m.admin_dispute_status_won],
  lost: ['danger', m.admin_dispute_status_lost],
  warning_needs_response: ['warn', m.admin_dispute_status_warning_needs_response],
  warning_under_review: ['neutral', m.admin_dispute_status_warning_under_review],
  warning_closed: ['good', m.admin_dispute_status_warning_closed],
  prevented: ['good', m.admin_dispute_status_prevented],
  appeal_needs_response: ['warn', m.admin_dispute_status_appeal_needs_response],
  appeal_under_review: ['neutral', m.admin_dispute_status_appeal_under_review],
};

/** A dispute's status as a badge says it; one that these pages do not know by Stripe's own word. */
export function disputeStatus(status: string): { tone: Tone; text: string } {
  const [tone, words] = statuses[status] ?? ['neutral' as const, null];
  return { tone, text: words?.() ?? status.replaceAll('_', ' ') };
}

/** A dispute's status by itself; null for what is none. */
export function disputeStatusName(status: string): string | null {
  return statuses[status]?.[1]() ?? null;
}

const explained: Partial<Record<string, () => string>> = {
  under_review: m.admin_dispute_explain_under_review,
  warning_under_review: m.admin_dispute_explain_under_review,
  won: m.admin_dispute_explain_won,
  lost: m.admin_dispute_explain_lost,
  warning_closed: m.admin_dispute_explain_warning_closed,
  appeal_needs_response: m.admin_dispute_dashboard_text,
  appeal_under_review: m.admin_dispute_explain_under_review,
};

/** What a status means for the shop, where the badge does not say it all. */
export function explainDispute(status: string): string | null {
  return explained[status]?.() ?? null;
}

const reasons: Partial<Record<string, () => string>> = {
  fraudulent: m.admin_dispute_reason_fraudulent,
  product_not_received: m.admin_dispute_reason_product_not_received,
  product_unacceptable: m.admin_dispute_reason_product_unacceptable,
  duplicate: m.admin_dispute_reason_duplicate,
  credit_not_processed: m.admin_dispute_reason_credit_not_processed,
  subscription_canceled: m.admin_dispute_reason_subscription_canceled,
  unrecognized: m.admin_dispute_reason_unrecognized,
  general: m.admin_dispute_reason_general,
};

/** Stripe's reason for a dispute, in words. */
export function disputeReason(reason: string): string {
  return reasons[reason]?.() ?? reason.replaceAll('_', ' ');
}

const hourMs = 60 * 60 * 1000;

/** What is left of the time to answer: in days, and in hours when there are fewer than two days. */
export function timeLeft(leftMs: number): string {
  if (leftMs <= 0) return m.admin_dispute_past_due();
  const hours = Math.floor(leftMs / hourMs);
  if (hours < 1) return m.admin_dispute_hour_left();
  if (hours < 48) return m.admin_dispute_hours_left({ hours });
  return m.admin_dispute_days_left({ days: Math.floor(hours / 24) });
}
