import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import type { SandboxContext } from './context.ts';
import type { Deliveries } from './deliver-webhooks.ts';
import { invalidRequest, refusal } from './errors.ts';
import { FAULT_ACTIONS } from './faults.ts';
import type { Faults } from './faults.ts';
import { parseJson, readBody } from './form-body.ts';
import { newId } from './ids.ts';
import { flag, integer, oneOf, requiredText } from './params.ts';
import type { Params } from './params.ts';
import { listRequests } from './request-log.ts';
import { errorOf } from './run-endpoint.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * `/_sandbox`: look inside, move the clock, plant faults. It has no keys, so it answers only requests
 * for a loopback host, and changes only by JSON, which no foreign web page can send unasked.
 */
export function controlRoutes(ctx: SandboxContext, faults: Faults, deliveries: Deliveries): Hono {
  const app = new Hono();
  app.use('*', guard);
  app.onError((thrown) => {
    const { status, body } = errorOf(thrown);
    return Response.json({ error: body }, { status });
  });

  app.get('/requests', (c) => {
    const since = Number(c.req.query('since') ?? '0');
    return c.json(
      listRequests(ctx.store, {
        path: c.req.query('path') ?? '',
        method: c.req.query('method')?.toUpperCase() ?? '',
        since: Number.isFinite(since) ? since : 0,
      }),
    );
  });
  app.get('/objects/:type', (c) => c.json(listObjects(ctx, c.req.param('type'))));

  app.get('/clock', (c) => c.json({ now: ctx.clock.now() }));
  app.post('/clock', async (c) => {
    const params = await readJson(c);
    const advance = integer(params, 'advanceSeconds');
    const now = integer(params, 'now');
    if (advance === undefined && now === undefined) {
      throw invalidRequest('Give `now` in milliseconds, or `advanceSeconds`.');
    }
    ctx.clock.moveTo(now ?? ctx.clock.now() + (advance ?? 0) * 1000);
    return c.json({ now: ctx.clock.now() });
  });

  app.get('/faults', (c) => c.json(faults.list()));
  app.post('/faults', async (c) => {
    const params = await readJson(c);
    const id = newId('fault');
    const action = oneOf(params, 'action', FAULT_ACTIONS);
    if (action === undefined) throw invalidRequest('Give an `action`.', { param: 'action' });
    faults.plant({
      id,
      action,
      method: requiredText(params, 'method').toUpperCase(),
      path: requiredText(params, 'path'),
      status: readStatus(params),
      left: integer(params, 'times') ?? 1,
    });
    return c.json({ id });
  });
  app.post('/faults/:id/release', (c) => c.json({ released: faults.release(c.req.param('id')) }));
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ cleared: true });
  });

  app.post('/webhooks', async (c) => {
    const paused = flag(await readJson(c), 'paused');
    if (paused === undefined) throw invalidRequest('Give `paused`.', { param: 'paused' });
    deliveries.pause(paused);
    return c.json({ paused });
  });
  app.post('/webhooks/deliver', async (c) => c.json({ tried: await deliveries.deliverHeld() }));
  return app;
}

const guard: MiddlewareHandler = async (c, next) => {
  if (!LOOPBACK.test(c.req.header('host') ?? '')) {
    throw refusal(403, 'The control API answers on loopback only.');
  }
  const type = c.req.header('content-type') ?? '';
  const length = c.req.header('content-length') ?? '0';
  const foreign = c.req.header('sec-fetch-site');
  if (c.req.method !== 'GET' && length !== '0' && !type.startsWith('application/json')) {
    throw refusal(415, 'The control API takes JSON.');
  }
  if (foreign !== undefined && !['same-origin', 'none'].includes(foreign)) {
    throw refusal(403, 'The control API is not for other web pages.');
  }
  await next();
};

async function readJson(c: Context): Promise<Params> {
  return { values: parseJson(await readBody(c.req.raw)), at: '' };
}

function readStatus(params: Params): number {
  const status = integer(params, 'status') ?? 500;
  if (status < 400 || status > 599) {
    throw invalidRequest('`status` must be between 400 and 599.', { param: 'status' });
  }
  return status;
}

/** The newest 1,000 objects of a type, of all accounts, as the API would show them. */
function listObjects(ctx: SandboxContext, type: string): unknown[] {
  return ctx.store
    .sql<[string], { account: string; json: string }>(
      'select account, json from objects where type = ? and deleted = 0 order by seq desc limit 1000',
    )
    .all(type)
    .map(({ account, json }) => ({ accountId: account, object: JSON.parse(json) as unknown }));
}
