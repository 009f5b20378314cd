import { m } from '@onfile/messages/messages.js';
import type { RouterOutput } from '#lib/api-types.ts';

type Recovery = RouterOutput['recovery']['get'];

interface End {
  title: string;
  text: string;
  tone: 'good' | 'busy' | 'pending' | 'warn' | 'danger';
  /** Whether the page looks again by itself. */
  isPending: boolean;
}

/** What is said where there is nothing to pay now; null where there is. */
export function describeEnd({ state }: Recovery): End | null {
  const end = { isPending: false };
  switch (state) {
    case 'payable':
      return null;
    case 'paid':
      return {
        ...end,
        title: m.storefront_recover_paid_title(),
        text: m.storefront_recover_paid_text(),
        tone: 'good',
      };
    case 'authorized':
      return {
        ...end,
        title: m.storefront_recover_held_title(),
        text: m.storefront_recover_held_text(),
        tone: 'good',
      };
    case 'processing':
      return {
        ...end,
        title: m.storefront_recover_processing_title(),
        text: m.storefront_recover_processing_text(),
        tone: 'pending',
      };
    case 'charging':
      return {
        title: m.storefront_recover_charging_title(),
        text: m.storefront_recover_charging_text(),
        tone: 'busy',
        isPending: true,
      };
    case 'canceled':
      return {
        ...end,
        title: m.storefront_recover_canceled_title(),
        text: m.storefront_recover_canceled_text(),
        tone: 'good',
      };
    case 'revoked':
    case 'expired':
      return {
        ...end,
        title: m.storefront_recover_ended_title(),
        text: m.storefront_recover_ended_text(),
        tone: 'warn',
      };
  }
}
