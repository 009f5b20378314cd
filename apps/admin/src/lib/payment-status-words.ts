import { m } from '@onfile/messages/messages.js';
import { answerWords } from './answer-words.ts';
import type { PaymentSummary } from './api-types.ts';

interface StatusWords {
  tone: 'neutral' | 'good' | 'warn' | 'danger';
  text: string;
}

const statuses: Record<PaymentSummary['status'], [StatusWords['tone'], () => string]> = {
  scheduled: ['neutral', m.admin_payment_status_scheduled],
  requires_payment_method: ['danger', m.admin_payment_status_requires_payment_method],
  requires_action: ['warn', m.admin_payment_status_requires_action],
  processing: ['neutral', m.admin_payment_status_processing],
  requires_capture: ['neutral', m.admin_payment_status_requires_capture],
  succeeded: ['good', m.admin_payment_status_succeeded],
  canceled: ['neutral', m.admin_payment_status_canceled],
  uncollectible: ['danger', m.admin_payment_status_uncollectible],
};

/** A payment's status by itself; null for what is none. */
export function statusName(status: string): string | null {
  const known: Partial<Record<string, [StatusWords['tone'], () => string]>> = statuses;
  return known[status]?.[1]() ?? null;
}

/** A payment's status as a badge says it; while it is not paid, what its last attempt came to. */
export function statusWords(payment: Pick<PaymentSummary, 'status' | 'answer'>): StatusWords {
  const { status, answer } = payment;
  if (status === 'requires_payment_method' && answer.outcome !== 'none') {
    const { tone, title } = answerWords(answer);
    return { tone: tone === 'info' ? 'neutral' : tone, text: title };
  }
  const [tone, words] = statuses[status];
  return { tone, text: words() };
}
