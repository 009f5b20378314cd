import { findOwner } from '../context.ts';
import type { SandboxContext } from '../context.ts';
import type { Deliveries } from '../deliver-webhooks.ts';
import { countAllDeliveries, listDeliveries } from '../delivery-queue.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { flag, hash, integer, text } from '../params.ts';
import type { Params } from '../params.ts';
import { rollSecret } from '../resources/webhook-endpoints.ts';
import type { ControlApp } from './control-app.ts';
import { readControlBody, readLimit, refuseUnknown } from './read-control-body.ts';

/** `/webhooks`, `/deliveries`: hold, send, lose and double what goes to webhook endpoints. */
export function registerWebhooks(
  app: ControlApp,
  ctx: SandboxContext,
  deliveries: Deliveries,
): void {
  const state = () => ({
    paused: deliveries.isPaused(),
    faults: ctx.webhookFaults.list(),
    chaos: ctx.webhookFaults.chaos(),
  });
  app.get('/webhooks', (c) => c.json(state()));
  app.post('/webhooks', async (c) => {
    const params = await readControlBody(c, ['paused', 'drop', 'double']);
    const paused = flag(params, 'paused');
    for (const action of ['drop', 'double'] as const) {
      const fault = readDeliveryFault(params, action);
      if (fault !== undefined) ctx.webhookFaults.plant({ action, ...fault });
    }
    if (paused !== undefined) deliveries.pause(paused);
    return c.json(state());
  });
  app.delete('/webhooks', (c) => {
    ctx.webhookFaults.clear();
    deliveries.pause(false);
    return c.json(state());
  });
  app.post('/webhooks/deliver', async (c) => c.json({ tried: await deliveries.deliverHeld() }));

  app.get('/deliveries', (c) => {
    const { state: wanted = '', type = '', event = '' } = c.req.query();
    const limit = readLimit(c.req.query('limit'));
    return c.json(listDeliveries(ctx.store, { state: wanted, type, event, limit }));
  });
  app.get('/deliveries/counts', (c) => c.json(countAllDeliveries(ctx.store)));
  app.post('/deliveries/:id/deliver', async (c) => {
    const status = await deliveries.deliverOne(Number(c.req.param('id')));
    if (status === undefined) {
      throw resourceMissing('delivery', c.req.param('id'), 'id', 'path');
    }
    return c.json({ status });
  });

  app.post('/webhook_endpoints/:id/roll_secret', async (c) => {
    const params = await readControlBody(c, ['keepFormerSeconds']);
    const account = findOwner(ctx, c.req.param('id'));
    if (account === undefined) {
      throw resourceMissing('webhook endpoint', c.req.param('id'), 'id', 'path');
    }
    const kept = integer(params, 'keepFormerSeconds') ?? DAY;
    if (kept < 0 || kept > DAY) {
      const param = 'keepFormerSeconds';
      throw invalidRequest('A former secret signs for a day at most.', { param });
    }
    return c.json({ secret: rollSecret(account, c.req.param('id'), kept) });
  });
}

const DAY = 24 * 60 * 60;

/** `{ times, type }`, both with defaults: the next one, of any type. */
function readDeliveryFault(
  params: Params,
  name: 'drop' | 'double',
): { type: string; left: number } | undefined {
  const fault = hash(params, name);
  if (fault === undefined) return undefined;
  refuseUnknown(fault, ['times', 'type']);
  const type = text(fault, 'type') ?? '*';
  if (!/^[a-z0-9_.*]+$/.test(type)) {
    const param = `${name}[type]`;
    throw invalidRequest('An event type, or a pattern with stars.', { param });
  }
  return { type, left: integer(fault, 'times') ?? 1 };
}
