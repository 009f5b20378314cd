import { m } from '@onfile/messages/messages.js';
import type { PageProps } from './$types';

/** What the page says in each state, and on which button the shopper tries again, if at all. */
export function describeResult(result: PageProps['data']['result']): {
  title: string;
  text: string;
  again: string | null;
  tone: 'good' | 'neutral' | 'warn' | 'danger';
} {
  switch (result.state) {
    case 'saved':
      return {
        title: m.storefront_return_saved_title({ method: result.method.name }),
        text: m.storefront_return_saved_text(),
        again: null,
        tone: 'good',
      };
    case 'processing':
      return {
        title: m.storefront_return_processing_title(),
        text: m.storefront_return_processing_text(),
        again: null,
        tone: 'neutral',
      };
    case 'needs_step':
      return {
        title: m.storefront_return_needs_step_title(),
        text: m.storefront_return_needs_step_text(),
        again: m.storefront_return_start_again(),
        tone: 'warn',
      };
    case 'failed':
      return {
        title: m.storefront_return_failed_title(),
        text: m.storefront_return_failed_text(),
        again: m.storefront_return_try_again(),
        tone: 'danger',
      };
    case 'expired':
      return {
        title: m.storefront_return_expired_title(),
        text: m.storefront_return_expired_text(),
        again: m.storefront_return_new_link(),
        tone: 'warn',
      };
    case 'open':
      return {
        title: m.storefront_return_open_title(),
        text: m.storefront_return_open_text(),
        again: m.storefront_return_start_again(),
        tone: 'warn',
      };
  }
}
