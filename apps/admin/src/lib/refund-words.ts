import { m } from '@onfile/messages/messages.js';
import type { Order, Refund } from './api-types.ts';

type Tone = 'neutral' | 'good' | 'warn' | 'danger';

const statuses: Record<Refund['status'], [Tone, () => string]> = {
  open: ['warn', m.admin_refund_status_open],
  pending: ['neutral', m.admin_refund_status_pending],
  requires_action: ['warn', m.admin_refund_status_requires_action],
  succeeded: ['good', m.admin_refund_status_succeeded],
  failed: ['danger', m.admin_refund_status_failed],
  canceled: ['neutral', m.admin_refund_status_canceled],
  refused: ['danger', m.admin_refund_status_refused],
};

/** A refund's status as a badge says it. */
export function refundStatus({ status }: Pick<Refund, 'status'>): { tone: Tone; text: string } {
  const [tone, words] = statuses[status];
  return { tone, text: words() };
}

/** A refund's status by itself; null for what is none. */
export function refundStatusName(status: string): string | null {
  const known: Partial<Record<string, [Tone, () => string]>> = statuses;
  return known[status]?.[1]() ?? null;
}

const reasons: Partial<Record<string, () => string>> = {
  requested_by_customer: m.admin_refund_reason_requested_by_customer,
  duplicate: m.admin_refund_reason_duplicate,
  fraudulent: m.admin_refund_reason_fraudulent,
};

/** Stripe's reason for a refund, in words. */
export function refundReason(reason: string): string {
  return reasons[reason]?.() ?? reason.replaceAll('_', ' ');
}

/** What there is to know of a refund that gave nothing back; null of any other. */
export function refundProblem(refund: Refund): string | null {
  const code = refund.failureReason?.replaceAll('_', ' ') ?? '';
  if (refund.status === 'refused') return m.admin_refund_refused_by({ code });
  if (refund.status !== 'failed') return null;
  if (refund.settledOtherwise) {
    return m.admin_refund_settled_otherwise({ note: refund.settledOtherwise.note });
  }
  return refund.isOwed ? m.admin_refund_owed({ code }) : m.admin_refund_failed_over({ code });
}

type OrderRefund = Order['payments'][number]['refunds'][number];

const orderStates: Record<OrderRefund['state'], () => string> = {
  on_its_way: m.admin_refund_status_pending,
  needs_step: m.admin_refund_status_requires_action,
  refunded: m.admin_refund_status_succeeded,
  owed: m.admin_owed_heading,
  settled_otherwise: m.admin_refund_otherwise,
};

/** A refund of an order's payment, in a line. */
export function orderRefund({ amountText, state }: OrderRefund): string {
  return m.admin_order_refund({ amount: amountText, state: orderStates[state]() });
}
