import type Stripe from 'stripe';
import { checkoutView } from '../checkout/checkout-view.ts';
import type { Account, SandboxContext } from '../context.ts';
import { embeddedCheckout, hostedCheckoutPage } from './checkout-page.ts';
import { closedCard, closedPage } from './closed-page.ts';
import type { Markup } from './document.ts';
import { describeComplete, describeExpired, NOT_FOUND } from './describe-closed.ts';
import { findSession } from './find-session.ts';
import type { FormSettings } from './payment-form.ts';
import { refusalBeforeReturn } from './read-session-state.ts';

export type Page = { status: 200 | 404; markup: Markup };

function formSettings(account: Account, session: Stripe.Checkout.Session): FormSettings {
  return {
    view: checkoutView(account, session),
    publishableKey: account.publishableKey,
    month: new Date(account.ctx.clock.now()).toISOString().slice(0, 7),
    alert: refusalBeforeReturn(account, session),
  };
}

/** The hosted page as its session's status has it: the form, expired, complete, or not found. */
export function renderHosted(ctx: SandboxContext, sessionId: string): Page {
  const found = findSession(ctx, sessionId);
  if (!found || found.session.ui_mode !== 'hosted_page') {
    return { status: 404, markup: closedPage(NOT_FOUND) };
  }
  const { account, session } = found;
  const { status } = session;
  if (status === 'expired') return { status: 200, markup: closedPage(describeExpired(session)) };
  if (status === 'complete') return { status: 200, markup: closedPage(describeComplete(session)) };
  return { status: 200, markup: hostedCheckoutPage(formSettings(account, session)) };
}

/** What the frame shows to whoever has the session's client secret; to all others it is unknown. */
export function renderEmbedded(ctx: SandboxContext, sessionId: string, secret: string): Page {
  const found = findSession(ctx, sessionId);
  if (found?.session.ui_mode !== 'embedded_page' || found.pageSecret !== secret) {
    return { status: 404, markup: closedCard(NOT_FOUND) };
  }
  const { account, session } = found;
  const { status } = session;
  // The page around the frame goes on by itself: only a new start is for the frame to offer.
  if (status === 'expired') return { status: 200, markup: closedCard(describeExpired(session)) };
  if (status === 'complete') {
    return { status: 200, markup: closedCard({ ...describeComplete(session), links: [] }) };
  }
  return { status: 200, markup: embeddedCheckout(formSettings(account, session)) };
}
