import { m } from '@onfile/messages/messages.js';
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

/** A payment's status as a badge says it. */
export function statusWords(status: PaymentSummary['status']): StatusWords {
  const [tone, words] = statuses[status];
  return { tone, text: words() };
}
