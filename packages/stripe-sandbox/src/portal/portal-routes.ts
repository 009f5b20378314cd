import type { Hono } from 'hono';
import type { SandboxContext } from '../context.ts';
import { errorOf } from '../run-endpoint.ts';
import { removePortalMethod, setPortalDefault, startPortalSetup } from './change-portal-methods.ts';
import { findPortalSession } from './find-portal-session.ts';
import type { OpenPortal } from './find-portal-session.ts';
import { portalView } from './portal-view.ts';

/**
 * What the portal's page asks for: `GET /_portal/:token` is its view, and so is the answer to each
 * change. The token of the page's address is the proof; errors come in Stripe's envelope.
 */
export function registerPortalRoutes(app: Hono, ctx: SandboxContext): void {
  const answer = (token: string, act: (portal: OpenPortal) => object): Response => {
    try {
      return Response.json(act(findPortalSession(ctx, token)));
    } catch (thrown) {
      const { status, body } = errorOf(thrown);
      return Response.json({ error: body }, { status });
    }
  };
  app.get('/_portal/:token', (c) => answer(c.req.param('token'), portalView));
  app.post('/_portal/:token/setup_intents', (c) => answer(c.req.param('token'), startPortalSetup));
  app.post('/_portal/:token/payment_methods/:id/detach', (c) =>
    answer(c.req.param('token'), (portal) => {
      removePortalMethod(portal, c.req.param('id'));
      return portalView(portal);
    }),
  );
  app.post('/_portal/:token/payment_methods/:id/default', (c) =>
    answer(c.req.param('token'), (portal) => {
      setPortalDefault(portal, c.req.param('id'));
      return portalView(portal);
    }),
  );
}
