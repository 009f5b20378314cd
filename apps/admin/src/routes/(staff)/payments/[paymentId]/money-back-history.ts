import { m } from '@onfile/messages/messages.js';
import { disputeStatusName } from '#lib/dispute-words.ts';
import { refundStatusName } from '#lib/refund-words.ts';

const refundSteps: Partial<Record<string, (given: { amount: string }) => string>> = {
  requested: m.admin_history_refund_requested,
  cancel_requested: m.admin_history_refund_cancel_requested,
  settled_otherwise: m.admin_history_refund_settled_otherwise,
};

/** An entry about money that goes back, by refund or dispute; null for any other. */
export function moneyBackTitle(action: string, details: Record<string, unknown>): string | null {
  const [subject, ending = ''] = action.split('.');
  if (action === 'payment.fraud_warning') return m.admin_history_fraud_warning();
  if (subject === 'dispute') {
    const status = disputeStatusName(ending);
    return status && m.admin_history_dispute({ status });
  }
  if (subject !== 'refund') return null;
  const amount = typeof details['amount'] === 'string' ? details['amount'] : '';
  const status = refundStatusName(ending);
  return status
    ? m.admin_history_refund({ amount, status })
    : (refundSteps[ending]?.({ amount }) ?? null);
}
