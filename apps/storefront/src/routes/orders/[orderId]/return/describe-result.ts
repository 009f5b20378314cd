import { m } from '@onfile/messages/messages.js';
import { formatDate } from '#lib/format-date.ts';
import type { PageProps } from './$types';

interface Description {
  title: string;
  text: string;
  /** What the shopper can do next: at the checkout, or where `href` says. */
  again: string | null;
  href?: string;
  tone: 'good' | 'busy' | 'pending' | 'warn' | 'danger';
  /** Whether the page looks again by itself. */
  isPending: boolean;
}

type Unpaid = 'needs_step' | 'expired' | 'failed' | 'owed' | 'open';

/** What the page says in each state, and what the shopper can do next, if anything. */
export function describeResult(
  result: PageProps['data']['result'],
  order: PageProps['data']['order'],
): Description {
  const end = { again: null, isPending: false };
  const { number } = order;
  switch (result.state) {
    case 'paid':
      return {
        ...end,
        title: m.storefront_paid_title({ number }),
        text: order.state === 'booked' ? m.storefront_paid_part_text() : m.storefront_paid_text(),
        tone: 'good',
      };
    case 'kept':
      return {
        ...end,
        title: m.storefront_paid_kept_title({ number }),
        text: m.storefront_order_explain_kept(),
        tone: 'good',
      };
    case 'authorized':
      return {
        ...end,
        title: m.storefront_paid_authorized_title({ number }),
        text: m.storefront_order_explain_held(),
        tone: 'good',
      };
    case 'processing':
      return {
        ...end,
        title: m.storefront_paid_processing_title({ number }),
        text: m.storefront_order_explain_processing(),
        tone: 'pending',
      };
    case 'confirm_deposits':
      return describeDeposits(result.verify);
    case 'late':
    case 'asking':
      return {
        title: m.storefront_paid_late_title(),
        text: m.storefront_paid_late_text(),
        again: null,
        tone: 'busy',
        isPending: true,
      };
    case 'keeping':
      return result.setup.state === 'needs_step' && result.setup.verify
        ? describeDeposits(result.setup.verify)
        : describeKeeping(result.setup.state);
    default:
      return describeUnpaid(result.state);
  }
}

function describeDeposits(verify: { url: string; arrivesAt: number }): Description {
  return {
    title: m.storefront_return_deposits_title(),
    text: m.storefront_paid_deposits_text({ date: formatDate(verify.arrivesAt) }),
    again: m.storefront_return_deposits_confirm(),
    href: verify.url,
    tone: 'pending',
    isPending: false,
  };
}

/** The same for what is still to be paid. */
function describeUnpaid(state: Unpaid): Description {
  const end = { isPending: false };
  switch (state) {
    case 'needs_step':
      return {
        ...end,
        title: m.storefront_return_needs_step_title(),
        text: m.storefront_paid_needs_step_text(),
        again: m.storefront_checkout_step_go_on(),
        tone: 'warn',
      };
    case 'expired':
      return {
        ...end,
        title: m.storefront_return_expired_title(),
        text: m.storefront_paid_expired_text(),
        again: m.storefront_return_new_link(),
        tone: 'warn',
      };
    case 'failed':
    case 'owed':
      return {
        ...end,
        title: m.storefront_paid_failed_title(),
        text: m.storefront_paid_failed_text(),
        again: m.storefront_return_try_again(),
        tone: 'danger',
      };
    case 'open':
      return {
        ...end,
        title: m.storefront_return_open_title(),
        text: m.storefront_paid_open_text(),
        again: m.storefront_order_pay(),
        tone: 'warn',
      };
  }
}

/** The same for a plan that keeps a card and charges nothing now. */
function describeKeeping(
  state: Extract<PageProps['data']['result'], { state: 'keeping' }>['setup']['state'],
): Description {
  const end = { isPending: false, again: m.storefront_return_try_again() };
  switch (state) {
    case 'processing':
    case 'waiting':
      return {
        title: m.storefront_return_processing_title(),
        text: m.storefront_return_processing_text(),
        again: null,
        tone: 'busy',
        isPending: true,
      };
    case 'needs_step':
      return {
        ...end,
        title: m.storefront_return_needs_step_title(),
        text: m.storefront_return_needs_step_text(),
        tone: 'warn',
      };
    case 'expired':
      return {
        ...end,
        title: m.storefront_return_expired_title(),
        text: m.storefront_return_expired_text(),
        again: m.storefront_return_new_link(),
        tone: 'warn',
      };
    case 'open':
      return {
        ...end,
        title: m.storefront_return_open_title(),
        text: m.storefront_return_open_text(),
        tone: 'warn',
      };
    case 'failed':
    case 'refused':
      return {
        ...end,
        title: m.storefront_return_failed_title(),
        text: m.storefront_return_failed_text(),
        tone: 'danger',
      };
  }
}
