import { m } from '@onfile/messages/messages.js';
import { answerCodes } from '#lib/answer-words.ts';
import type { HistoryEntry } from '#lib/api-types.ts';
import { statusName } from '#lib/payment-status-words.ts';
import { attemptStatusName } from './attempt-status.ts';
import { moneyBackTitle } from './money-back-history.ts';

interface HistoryWords {
  title: string;
  /** What else is known of it; empty when the title says it all. */
  detail: string;
  /** The payment whose warning staff went past. */
  earlierPaymentId: string | null;
}

/** What else may have happened to a payment than that its status, or an attempt's, changed. */
const titles: Record<string, () => string> = {
  'payment.attempt_begun': m.admin_history_attempt_begun,
  'payment.charge_refused': m.admin_history_charge_refused,
  'payment.capture_requested': m.admin_history_capture_requested,
  'payment.release_requested': m.admin_history_release_requested,
  'payment.hold_end_changed': m.admin_history_hold_end_changed,
  'payment.hold_end_reached': m.admin_history_hold_end_reached,
  'payment.hold_ran_out': m.admin_history_hold_ran_out,
  'payment.raise_requested': m.admin_history_raise_requested,
  'payment.hold_renewed': m.admin_history_hold_renewed,
  'order.no_show_fee_owed': m.admin_history_fee_owed,
  'order.late_cancellation_fee_owed': m.admin_history_fee_owed,
  'order.damage_fee_owed': m.admin_history_fee_owed,
  'payment.release_planned': m.admin_history_release_planned,
  'payment.method_chosen': m.admin_history_method_chosen,
  'payment.rescheduled': m.admin_history_rescheduled,
  'payment.amount_changed': m.admin_history_amount_changed,
  'payment.paused': m.admin_history_paused,
  'payment.resumed': m.admin_history_resumed,
  'payment.skip_requested': m.admin_history_skip_requested,
  'payment.charge_now_requested': m.admin_history_charge_now,
  'payment.written_off': m.admin_history_written_off,
  'recovery.link_copied': m.admin_history_link_copied,
  'recovery.link_sent': m.admin_history_link_sent,
  'recovery.link_revoked': m.admin_history_link_revoked,
  'recovery.opened': m.admin_history_link_opened,
  'recovery.step_opened': m.admin_history_step_opened,
};

/**
 * An entry of the audit log, for staff; ids that the page shows elsewhere are left out.
 * @param amountText the payment's amount
 */
export function historyWords(
  { action, details }: Pick<HistoryEntry, 'action' | 'details'>,
  amountText: string,
): HistoryWords {
  const [subject = '', ending = ''] = action.split('.');
  const plain = { detail: '', earlierPaymentId: null };
  if (action === 'payment.charge_requested') {
    const reason = textOf(details['reason']) ?? '';
    return {
      title: m.admin_history_charge_requested(),
      detail: m.admin_history_amount({ amount: amountText, reason }),
      earlierPaymentId: textOf(details['wentPastDuplicate']),
    };
  }
  const moneyBack = moneyBackTitle(action, details);
  if (moneyBack !== null) return { ...plain, title: moneyBack };
  const known = Object.hasOwn(titles, action) ? titles[action] : undefined;
  if (known) return { ...plain, title: known(), detail: textOf(details['reason']) ?? '' };
  const status = subject === 'payment' ? statusName(ending) : attemptStatusName(ending);
  if (status === null) return { ...plain, title: action.replace(/[._]/g, ' ') };
  if (subject === 'payment') return { ...plain, title: m.admin_history_payment({ status }) };
  const [errorCode, declineCode] = [textOf(details['code']), textOf(details['declineCode'])];
  return {
    ...plain,
    title: m.admin_history_attempt({ number: String(details['attempt']), status }),
    detail: answerCodes({ errorCode, declineCode, adviceCode: null }) ?? '',
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
