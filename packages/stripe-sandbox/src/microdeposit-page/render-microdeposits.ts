import { findWaitingIntent } from '../challenge-page/find-waiting-intent.ts';
import { closedPage } from '../checkout-page/closed-page.ts';
import type { Page } from '../checkout-page/render-session.ts';
import type { SandboxContext } from '../context.ts';
import { microdepositPage } from './microdeposit-page.ts';

const VERIFIED = ['succeeded', 'processing', 'requires_capture'];

/** The page to verify a bank account with, as the intent's status has it. */
export function renderMicrodeposits(ctx: SandboxContext, intentId: string): Page {
  const found = findWaitingIntent(ctx, intentId);
  const status = found?.intent.status ?? '';
  if (found && found.intent.next_action?.type === 'verify_with_microdeposits') {
    return { status: 200, markup: microdepositPage(found) };
  }
  if (found && VERIFIED.includes(status)) {
    const markup = closedPage({
      title: 'Your bank account is verified',
      sentence: 'There is nothing more to do. You can close this page.',
      icon: 'tick',
    });
    return { status: 200, markup };
  }
  const markup = closedPage({
    title: 'This verification has ended',
    sentence:
      'The time for it is over, there were too many attempts, or it never began. Go back to the shop to give a payment method again.',
    icon: 'clock',
  });
  return { status: found ? 200 : 404, markup };
}
