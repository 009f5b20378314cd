import type { Hono } from 'hono';
import { closedPage } from '../checkout-page/closed-page.ts';
import { pageHeaders } from '../checkout-page/page-headers.ts';
import type { SandboxContext } from '../context.ts';
import { recoverSession } from './recover-session.ts';

/** `GET /r/:link`: what the recovery link of an expired session leads to. */
export function registerRecoveryRoutes(app: Hono, ctx: SandboxContext): void {
  app.get('/r/:link', pageHeaders('nobody'), async (c) => {
    const url = recoverSession(ctx, c.req.param('link'));
    if (url !== null) return c.redirect(url, 303);
    const markup = closedPage({
      title: 'This link has expired',
      sentence: 'Go back to where you started; nothing was charged.',
      icon: 'clock',
    });
    return c.html(await markup, 404);
  });
}
