import { Hono } from 'hono';
import type { Gate } from '../answer-request.ts';
import type { SandboxContext } from '../context.ts';
import { serveControlPage } from '../control-page/serve-control-page.ts';
import type { Deliveries } from '../deliver-webhooks.ts';
import { errorOf } from '../run-endpoint.ts';
import { registerActs } from './act-routes.ts';
import { registerBank } from './bank-routes.ts';
import { registerClock } from './clock-routes.ts';
import type { ControlApp } from './control-app.ts';
import { registerFaults } from './fault-routes.ts';
import { guardControl } from './guard-control.ts';
import { registerInspection } from './inspect-routes.ts';
import { registerLimits } from './limit-routes.ts';
import { registerWebhooks } from './webhook-routes.ts';

/** `/_sandbox`: look inside, move the clock, make things go wrong; and one page over it. */
export function controlRoutes(ctx: SandboxContext, gate: Gate, deliveries: Deliveries): ControlApp {
  const app: ControlApp = new Hono();
  app.use('*', guardControl);
  app.onError((thrown) => {
    const { status, body } = errorOf(thrown);
    return Response.json({ error: body }, { status });
  });
  serveControlPage(app);
  registerClock(app, ctx);
  registerInspection(app, ctx);
  registerFaults(app, ctx, gate.faults);
  registerBank(app, ctx);
  registerLimits(app, gate.limits);
  registerWebhooks(app, ctx, deliveries);
  registerActs(app, ctx);
  return app;
}
