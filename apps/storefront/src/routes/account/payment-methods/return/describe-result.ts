import { m } from '@onfile/messages/messages.js';
import { formatDate } from '#lib/format-date.ts';
import type { PageProps } from './$types';

type Result = PageProps['data']['result'];

export interface Described {
  title: string;
  text: string;
  /** The next step, if there is one to take; `elsewhere` opens Stripe's page in a tab of its own. */
  step: { text: string; href: string; elsewhere?: true } | null;
  tone: 'good' | 'busy' | 'pending' | 'warn' | 'danger';
}

/** The page for another try, under the terms of the same purpose. */
function addPath(purpose: string | null): string {
  const query = purpose === null ? '' : `?purpose=${encodeURIComponent(purpose)}`;
  return `/account/payment-methods/add${query}`;
}

/**
 * What the page says in each state, and what the shopper can do next.
 * @param tired we have looked a few times and stopped: the page says that it comes by itself
 */
export function describeResult(result: Result, tired: boolean): Described {
  if (result.state === 'saved') {
    return {
      title: m.storefront_return_saved_title({ method: result.method.name }),
      text: m.storefront_return_saved_text(),
      step: null,
      tone: 'good',
    };
  }
  const add = addPath(result.purpose);
  switch (result.state) {
    case 'waiting':
      return {
        title: m.storefront_return_waiting_title(),
        text: tired ? m.storefront_return_waiting_long() : m.storefront_return_waiting_text(),
        step: null,
        tone: tired ? 'pending' : 'busy',
      };
    case 'processing':
      return {
        title: m.storefront_return_processing_title(),
        text: m.storefront_return_processing_text(),
        step: null,
        tone: 'pending',
      };
    case 'needs_step':
      return describeStep(result.verify, add);
    case 'refused':
      return {
        title: m.storefront_return_refused_title(),
        text: m.storefront_return_refused_text(),
        step: { text: m.storefront_return_other_method(), href: add },
        tone: 'danger',
      };
    case 'expired':
      return {
        title: m.storefront_return_expired_title(),
        text: m.storefront_return_expired_text(),
        step: { text: m.storefront_return_new_link(), href: add },
        tone: 'warn',
      };
    case 'failed':
      return {
        title: m.storefront_return_failed_title(),
        text: m.storefront_return_failed_text(),
        step: { text: m.storefront_return_try_again(), href: result.continueUrl ?? add },
        tone: 'danger',
      };
    case 'open':
      return {
        title: m.storefront_return_open_title(),
        text: m.storefront_return_open_text(),
        step: result.continueUrl
          ? { text: m.storefront_return_go_on(), href: result.continueUrl }
          : { text: m.storefront_return_start_again(), href: add },
        tone: 'warn',
      };
  }
}

function describeStep(verify: { url: string; arrivesAt: number } | null, add: string): Described {
  if (!verify) {
    return {
      title: m.storefront_return_needs_step_title(),
      text: m.storefront_return_needs_step_text(),
      step: { text: m.storefront_return_start_again(), href: add },
      tone: 'warn',
    };
  }
  return {
    title: m.storefront_return_deposits_title(),
    text: m.storefront_return_deposits_text({ date: formatDate(verify.arrivesAt) }),
    step: { text: m.storefront_return_deposits_confirm(), href: verify.url, elsewhere: true },
    tone: 'pending',
  };
}
