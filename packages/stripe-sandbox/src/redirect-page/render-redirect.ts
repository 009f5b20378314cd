import { findWaitingIntent } from '../challenge-page/find-waiting-intent.ts';
import { closedPage } from '../checkout-page/closed-page.ts';
import type { Page } from '../checkout-page/render-session.ts';
import type { SandboxContext } from '../context.ts';
import { redirectPage } from './redirect-page.ts';

/** The redirect test page of an intent that waits for it; a closed page for every other intent. */
export function renderRedirect(ctx: SandboxContext, intentId: string): Page {
  const found = findWaitingIntent(ctx, intentId);
  if (found?.intent.status === 'requires_action') {
    return { status: 200, markup: redirectPage(found) };
  }
  const markup = closedPage({
    title: 'Nothing to confirm',
    sentence: 'This payment was completed or failed already, or it never began.',
    icon: 'question',
  });
  return { status: found ? 200 : 404, markup };
}
