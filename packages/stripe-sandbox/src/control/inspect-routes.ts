import type { SandboxContext } from '../context.ts';
import type { ControlApp } from './control-app.ts';
import { readLimit } from './read-control-body.ts';

/** `GET /requests`, `/objects`, `/objects/:type`: what was asked, and what there is. */
export function registerInspection(app: ControlApp, ctx: SandboxContext): void {
  app.get('/requests', (c) => {
    const since = Number(c.req.query('since') ?? '0');
    return c.json(
      ctx.requests.list({
        path: c.req.query('path') ?? '',
        method: c.req.query('method')?.toUpperCase() ?? '',
        since: Number.isFinite(since) ? since : 0,
      }),
    );
  });
  app.get('/objects', (c) => c.json(countObjects(ctx)));
  app.get('/objects/:type', (c) => {
    return c.json(listObjects(ctx, c.req.param('type'), readLimit(c.req.query('limit'))));
  });
}

/** How many objects there are of each type. */
function countObjects(ctx: SandboxContext): { [type: string]: number } {
  const rows = ctx.store
    .sql<[], { type: string; count: number }>(
      'select type, count(*) as count from objects where deleted = 0 group by type order by type',
    )
    .all();
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
}

/** The newest objects of a type, of all accounts, as the API would show them. */
function listObjects(ctx: SandboxContext, type: string, limit: number): unknown[] {
  return ctx.store
    .sql<[string, number], { account: string; json: string }>(
      'select account, json from objects where type = ? and deleted = 0 order by seq desc limit ?',
    )
    .all(type, limit)
    .map(({ account, json }) => ({ accountId: account, object: JSON.parse(json) as unknown }));
}
