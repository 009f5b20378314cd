import { closedPage } from '../checkout-page/closed-page.ts';
import { formatAmount } from '../checkout-page/format-amount.ts';
import type { Page } from '../checkout-page/render-session.ts';
import { findOwner } from '../context.ts';
import type { SandboxContext } from '../context.ts';
import { challengePage } from './challenge-page.ts';

/** The bank's page of an intent that waits for it; a closed page for every other intent. */
export function renderChallenge(ctx: SandboxContext, intentId: string): Page {
  const account = findOwner(ctx, intentId);
  const payment = account && ctx.store.find(account.id, 'payment_intent', intentId)?.object;
  const setup = account && ctx.store.find(account.id, 'setup_intent', intentId)?.object;
  const intent = payment ?? setup;
  if (!account || intent?.status !== 'requires_action') {
    const markup = closedPage({
      title: 'Nothing to authenticate',
      sentence: 'This authentication has ended, or it never began.',
      kind: 'hosted',
      icon: 'question',
    });
    return { status: intent ? 200 : 404, markup };
  }
  return {
    status: 200,
    markup: challengePage({
      intentId,
      merchant: account.ctx.accountName,
      amount: payment ? formatAmount(payment.amount, payment.currency) : null,
    }),
  };
}
