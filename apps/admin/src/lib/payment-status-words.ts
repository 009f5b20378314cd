import { isPaymentStatus, paymentStatusName } from '@onfile/messages/payment-status-name.ts';
import { answerWords } from './answer-words.ts';
import type { PaymentSummary } from './api-types.ts';

interface StatusWords {
  tone: 'neutral' | 'good' | 'warn' | 'danger';
  text: string;
}

const tones: Record<PaymentSummary['status'], StatusWords['tone']> = {
  scheduled: 'neutral',
  requires_payment_method: 'danger',
  requires_action: 'warn',
  processing: 'neutral',
  requires_capture: 'neutral',
  succeeded: 'good',
  canceled: 'neutral',
  uncollectible: 'danger',
};

/** A payment's status by itself; null for what is none. */
export function statusName(status: string): string | null {
  return isPaymentStatus(status) ? paymentStatusName(status) : null;
}

/** A payment's status as a badge says it; while it is not paid, what its last attempt came to. */
export function statusWords(payment: Pick<PaymentSummary, 'status' | 'answer'>): StatusWords {
  const { status, answer } = payment;
  if (status === 'requires_payment_method' && answer.outcome !== 'none') {
    const { tone, title } = answerWords(answer);
    return { tone: tone === 'info' ? 'neutral' : tone, text: title };
  }
  return { tone: tones[status], text: paymentStatusName(status) };
}
