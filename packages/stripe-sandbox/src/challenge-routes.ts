import type { Hono } from 'hono';
import { endChallenge } from './checkout/challenge.ts';
import { findOwner } from './context.ts';
import type { SandboxContext } from './context.ts';
import { resourceMissing } from './errors.ts';
import { errorOf } from './run-endpoint.ts';

/**
 * What the two buttons of the challenge page post to. A page is sent on to where the payment goes; a
 * frame asks for JSON and tells the page around it.
 */
export function registerChallengeRoutes(app: Hono, ctx: SandboxContext): void {
  app.post('/_challenge/:intent/:outcome{complete|fail}', (c) => {
    const intentId = c.req.param('intent');
    try {
      const account = findOwner(ctx, intentId);
      if (account === undefined) throw resourceMissing('intent', intentId, 'intent', 'path');
      const outcome = c.req.param('outcome') === 'fail' ? 'fail' : 'complete';
      const end = endChallenge(account, intentId, outcome);
      if (c.req.header('accept')?.includes('application/json') === true || end.returnUrl === null) {
        return c.json({ status: end.status, return_url: end.returnUrl });
      }
      return c.redirect(end.returnUrl, 303);
    } catch (thrown) {
      const { status, body } = errorOf(thrown);
      return Response.json({ error: body }, { status });
    }
  });
}
