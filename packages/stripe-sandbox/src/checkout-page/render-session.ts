import type Stripe from 'stripe';
import { checkoutView } from '../checkout/checkout-view.ts';
import { completionUrl } from '../checkout/completion-url.ts';
import { findOwner } from '../context.ts';
import type { Account, SandboxContext } from '../context.ts';
import { embeddedCheckoutPage, hostedCheckoutPage } from './checkout-page.ts';
import { closedPage } from './closed-page.ts';
import type { Markup } from './document.ts';

type PageKind = 'hosted' | 'embedded';
export type Page = { status: 200 | 404; markup: Markup };

const UI_MODE: Record<PageKind, string> = { hosted: 'hosted_page', embedded: 'embedded_page' };

/** A Checkout Session and its account, by the id in a page's path. */
export function findSession(
  ctx: SandboxContext,
  sessionId: string,
): { account: Account; session: Stripe.Checkout.Session } | undefined {
  const account = findOwner(ctx, sessionId);
  const row = account && ctx.store.find(account.id, 'checkout.session', sessionId);
  return account && row ? { account, session: row.object } : undefined;
}

function notFound(kind: PageKind): Page {
  const sentence = 'This checkout page does not exist. Check that you opened the whole link.';
  const markup = closedPage({ title: 'Page not found', sentence, kind, icon: 'question' });
  return { status: 404, markup };
}

function expired(kind: PageKind, cancelUrl: string | null): Markup {
  return closedPage({
    title: 'This page has expired',
    sentence: 'The time to use it is over. Go back and start again; nothing was charged.',
    kind,
    icon: 'clock',
    ...(kind === 'hosted' && cancelUrl !== null
      ? { link: { href: cancelUrl, words: 'Go back' } }
      : {}),
  });
}

function complete(kind: PageKind, session: Stripe.Checkout.Session): Markup {
  const href = kind === 'hosted' ? completionUrl(session) : null;
  return closedPage({
    title: session.mode === 'setup' ? 'Your card is saved' : 'Your payment is complete',
    sentence: 'You are all done here. This page cannot be used a second time.',
    kind,
    icon: 'tick',
    ...(href === null ? {} : { link: { href, words: 'Continue' } }),
  });
}

/** The page of a session as its status has it: the form, expired, complete, or not found. */
export function renderSession(ctx: SandboxContext, sessionId: string, kind: PageKind): Page {
  const found = findSession(ctx, sessionId);
  if (!found || found.session.ui_mode !== UI_MODE[kind]) return notFound(kind);
  const { account, session } = found;
  if (session.status === 'expired') {
    return { status: 200, markup: expired(kind, session.cancel_url) };
  }
  if (session.status === 'complete') return { status: 200, markup: complete(kind, session) };
  const settings = {
    view: checkoutView(account, session),
    publishableKey: account.publishableKey,
    month: new Date(ctx.clock.now()).toISOString().slice(0, 7),
  };
  const render = kind === 'hosted' ? hostedCheckoutPage : embeddedCheckoutPage;
  return { status: 200, markup: render(settings) };
}
