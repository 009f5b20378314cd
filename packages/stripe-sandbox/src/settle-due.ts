import { expireSession } from './checkout/expire-session.ts';
import { openAccount } from './context.ts';
import type { SandboxContext } from './context.ts';
import { cancelPaymentIntent } from './resources/capture-payment-intent.ts';

/**
 * Does what the clock says is due: open sessions expire, uncaptured holds run out. Called before every
 * request and by a timer, so nobody ever reads a state that time has overtaken.
 */
export function settleDue(ctx: SandboxContext): void {
  for (;;) {
    const due = ctx.store.due(ctx.clock.seconds());
    if (due.length === 0) return;
    ctx.store.transaction(() => {
      for (const { id, type, keySuffix } of due) {
        const account = openAccount(ctx, keySuffix, null);
        if (type === 'checkout.session') {
          const session = ctx.store.find(account.id, type, id);
          if (session !== undefined) expireSession(account, session);
        } else if (type === 'payment_intent') {
          const intent = ctx.store.find(account.id, type, id);
          if (intent !== undefined) cancelPaymentIntent(account, intent, 'automatic');
        }
      }
    });
  }
}

/** Looks twice a second, and at once when the clock is moved; returns the function that stops it. */
export function startScheduler(ctx: SandboxContext): () => void {
  const timer = setInterval(() => {
    settleDue(ctx);
  }, 500);
  timer.unref();
  const unsubscribe = ctx.clock.onMove(() => {
    settleDue(ctx);
  });
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}
