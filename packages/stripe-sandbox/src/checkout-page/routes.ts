import type { Hono } from 'hono';
import { renderChallenge } from '../challenge-page/render-challenge.ts';
import type { SandboxContext } from '../context.ts';
import { pageHeaders } from './page-headers.ts';
import { readSessionState } from './read-session-state.ts';
import { renderSession } from './render-session.ts';
import { serveAssets } from './serve-assets.ts';

/** Every page a shopper sees, and the files they load. The client secret is in no path and no query. */
export function registerPages(app: Hono, ctx: SandboxContext): void {
  serveAssets(app);

  app.get('/c/pay/:session', pageHeaders('nobody'), async (c) => {
    const page = renderSession(ctx, c.req.param('session'), 'hosted');
    return c.html(await page.markup, page.status);
  });

  app.get('/embedded/:session', pageHeaders('loopback'), async (c) => {
    const page = renderSession(ctx, c.req.param('session'), 'embedded');
    return c.html(await page.markup, page.status);
  });

  app.get('/challenge/:intent', pageHeaders('loopback'), async (c) => {
    const page = renderChallenge(ctx, c.req.param('intent'));
    return c.html(await page.markup, page.status);
  });

  app.get('/_pages/sessions/:session/after/:intent', (c) => {
    const { session, intent } = c.req.param();
    const state = readSessionState(ctx, session, intent);
    c.header('cache-control', 'no-store');
    return state ? c.json(state) : c.json({ status: 'unknown' }, 404);
  });
}
