import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { renderChallenge } from '../challenge-page/render-challenge.ts';
import type { SandboxContext } from '../context.ts';
import { renderMicrodeposits } from '../microdeposit-page/render-microdeposits.ts';
import { renderPortal } from '../portal-page/render-portal.ts';
import { renderRedirect } from '../redirect-page/render-redirect.ts';
import { embeddedShell } from './checkout-page.ts';
import { registerElementFrames } from '../element-frames/routes.ts';
import { pageHeaders } from './page-headers.ts';
import { readSessionState } from './read-session-state.ts';
import { renderEmbedded, renderHosted } from './render-session.ts';
import { serveAssets } from './serve-assets.ts';

/** Far more than a client secret needs. */
const SMALL_BODY = bodyLimit({ maxSize: 10_000 });

async function readSecret(request: Request): Promise<string> {
  const body: unknown = await request.json().catch(() => null);
  const given = typeof body === 'object' && body !== null && 'client_secret' in body;
  return given && typeof body.client_secret === 'string' ? body.client_secret : '';
}

/** Every page a shopper sees, and the files they load. The client secret is in no path and no query. */
export function registerPages(app: Hono, ctx: SandboxContext): void {
  serveAssets(app);
  registerElementFrames(app, ctx);

  app.get('/c/pay/:session', pageHeaders('nobody'), async (c) => {
    const page = renderHosted(ctx, c.req.param('session'));
    return c.html(await page.markup, page.status);
  });

  app.get('/embedded/:session', pageHeaders('loopback'), async (c) =>
    c.html(await embeddedShell(c.req.param('session'))),
  );

  app.post('/_pages/embedded/:session', SMALL_BODY, pageHeaders('nobody'), async (c) => {
    const secret = await readSecret(c.req.raw);
    const page = renderEmbedded(ctx, c.req.param('session'), secret);
    return c.html(await page.markup, page.status);
  });

  app.get('/challenge/:intent', pageHeaders('loopback'), async (c) => {
    const page = renderChallenge(ctx, c.req.param('intent'));
    return c.html(await page.markup, page.status);
  });

  app.get('/redirect/:intent', pageHeaders('nobody'), async (c) => {
    const page = renderRedirect(ctx, c.req.param('intent'));
    return c.html(await page.markup, page.status);
  });

  app.get('/microdeposits/:intent', pageHeaders('nobody'), async (c) => {
    const page = renderMicrodeposits(ctx, c.req.param('intent'));
    return c.html(await page.markup, page.status);
  });

  app.get('/p/session/:token', pageHeaders('nobody'), async (c) => {
    const page = renderPortal(ctx, c.req.param('token'));
    return c.html(await page.markup, page.status);
  });

  app.get('/_pages/sessions/:session/after/:intent', (c) => {
    const { session, intent } = c.req.param();
    const state = readSessionState(ctx, session, intent);
    c.header('cache-control', 'no-store');
    return state ? c.json(state) : c.json({ status: 'unknown' }, 404);
  });
}
