import { m } from '@onfile/messages/messages.js';
import type { PageProps } from './$types';

type Status = PageProps['data']['payments'][number]['status'];

/** How each status of a payment is shown to the shopper. */
export const statusLooks: Record<
  Status,
  { tone: 'neutral' | 'good' | 'warn' | 'danger'; text: () => string }
> = {
  scheduled: { tone: 'neutral', text: m.storefront_payment_status_scheduled },
  requires_payment_method: {
    tone: 'danger',
    text: m.storefront_payment_status_requires_payment_method,
  },
  requires_action: { tone: 'warn', text: m.storefront_payment_status_requires_action },
  processing: { tone: 'neutral', text: m.storefront_payment_status_processing },
  requires_capture: { tone: 'neutral', text: m.storefront_payment_status_requires_capture },
  succeeded: { tone: 'good', text: m.storefront_payment_status_succeeded },
  canceled: { tone: 'neutral', text: m.storefront_payment_status_canceled },
  uncollectible: { tone: 'neutral', text: m.storefront_payment_status_uncollectible },
};
