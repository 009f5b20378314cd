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
