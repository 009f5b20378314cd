import type Stripe from 'stripe';
import { completionUrl } from '../checkout/completion-url.ts';
import type { ClosedCard } from './closed-page.ts';

export const NOT_FOUND: ClosedCard = {
  title: 'Page not found',
  sentence: 'This checkout page does not exist. Check that you opened the whole link.',
  icon: 'question',
};

/** An expired session: a new one where the merchant offers it, else the way back. */
export function describeExpired(session: Stripe.Checkout.Session): ClosedCard {
  const recovery = session.after_expiration?.recovery?.url ?? null;
  const back = session.cancel_url;
  return {
    title: 'This page has expired',
    sentence:
      recovery === null
        ? 'The time to use it is over. Go back and start again; nothing was charged.'
        : 'The time to use it is over, and nothing was charged. You can start again with the same items.',
    icon: 'clock',
    links: [
      ...(recovery === null ? [] : [{ href: recovery, words: 'Start again' }]),
      ...(back === null ? [] : [{ href: back, words: 'Go back' }]),
    ],
  };
}

/** A complete session; bank debits are on their way for days after it (stripe.md 14, 12). */
export function describeComplete(session: Stripe.Checkout.Session): ClosedCard {
  const onItsWay = session.mode === 'payment' && session.payment_status === 'unpaid';
  const href = completionUrl(session);
  const paid = onItsWay ? 'Your payment is being processed' : 'Your payment is complete';
  return {
    title: session.mode === 'setup' ? 'Your payment details are saved' : paid,
    sentence: 'You are all done here. This page cannot be used a second time.',
    icon: 'tick',
    links: href === null ? [] : [{ href, words: 'Continue' }],
  };
}
