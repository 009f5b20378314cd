import { closedPage } from '../checkout-page/closed-page.ts';
import type { Page } from '../checkout-page/render-session.ts';
import type { SandboxContext } from '../context.ts';
import { challengePage } from './challenge-page.ts';
import { findWaitingIntent } from './find-waiting-intent.ts';

/** The bank's page of an intent that waits for it; a closed page for every other intent. */
export function renderChallenge(ctx: SandboxContext, intentId: string): Page {
  const found = findWaitingIntent(ctx, intentId);
  if (found?.intent.status !== 'requires_action') {
    const markup = closedPage({
      title: 'Nothing to authenticate',
      sentence: 'This authentication has ended, or it never began.',
      icon: 'question',
    });
    return { status: found ? 200 : 404, markup };
  }
  return { status: 200, markup: challengePage(found) };
}
