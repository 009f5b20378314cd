import { closedPage } from '../checkout-page/closed-page.ts';
import type { Page } from '../checkout-page/render-session.ts';
import type { SandboxContext } from '../context.ts';
import { SandboxError } from '../errors.ts';
import { findPortalSession } from '../portal/find-portal-session.ts';
import { portalView } from '../portal/portal-view.ts';
import { portalPage } from './portal-page.ts';

/** The portal of an open session; a closed page for an unknown address, and after its hour. */
export function renderPortal(ctx: SandboxContext, token: string): Page {
  try {
    const view = portalView(findPortalSession(ctx, token));
    const month = new Date(ctx.clock.now()).toISOString().slice(0, 7);
    return { status: 200, markup: portalPage({ view, token, month }) };
  } catch (thrown) {
    if (!(thrown instanceof SandboxError)) throw thrown;
    const markup = closedPage({
      title: 'This link has expired',
      sentence: 'Go back to the shop and open the portal again.',
      icon: 'clock',
    });
    return { status: 404, markup };
  }
}
