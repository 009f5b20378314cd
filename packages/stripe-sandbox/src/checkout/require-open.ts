import type Stripe from 'stripe';
import { refusedByState } from '../errors.ts';

/** 400 for a session that is complete or expired: nothing more can be done on its page. */
export function requireOpen(session: Stripe.Checkout.Session): void {
  if (session.status === 'open') return;
  throw refusedByState(
    `This Checkout Session is not active: it has a status of \`${session.status ?? ''}\`.`,
    { code: 'checkout_session_not_active' },
  );
}
