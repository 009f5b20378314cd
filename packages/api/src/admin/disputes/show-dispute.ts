import type { DisputeLine } from '@onfile/db/views/dispute-pages.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { takesEvidence } from '@onfile/payments/state/dispute-status.ts';

/** A dispute as staff see it in lists. */
export function showDispute(dispute: DisputeLine, now: number) {
  const { evidenceDueAt } = dispute;
  return {
    id: dispute.id,
    paymentId: dispute.paymentId,
    customerId: dispute.customerId,
    customerEmail: dispute.customerEmail,
    paymentReason: dispute.paymentReason,
    amountText: formatAmount(dispute.amountMinor, dispute.currency),
    /** Stripe's words. */
    reason: dispute.reason,
    status: dispute.status,
    evidenceDueAt,
    /** What is left of the time to answer; null where there is no term. */
    leftMs: evidenceDueAt === null ? null : Math.max(0, evidenceDueAt - now),
    isPastDue: evidenceDueAt !== null && evidenceDueAt <= now,
    /** Whether the bank waits for an answer, which staff have not given. */
    waitsForStaff: takesEvidence(dispute.status) && dispute.submittedAt === null,
    submittedAt: dispute.submittedAt,
    closedAt: dispute.closedAt,
    createdAt: dispute.createdAt,
  };
}
