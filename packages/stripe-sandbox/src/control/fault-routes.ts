import type { SandboxContext } from '../context.ts';
import type { StripeErrorBody } from '../errors.ts';
import { invalidRequest } from '../errors.ts';
import { FAULT_ACTIONS, RATE_REASONS } from '../faults.ts';
import type { Fault, FaultPlan, Faults } from '../faults.ts';
import { newId } from '../ids.ts';
import { flag, hash, hashes, integer, missing, oneOf, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { ControlApp } from './control-app.ts';
import { readControlBody, refuseUnknown, share } from './read-control-body.ts';

const PLAN = [
  'action',
  'method',
  'path',
  'status',
  'error',
  'reason',
  'shouldRetry',
  'delayMs',
  'probability',
];
const ERROR_FIELDS = [
  'type',
  'code',
  'decline_code',
  'message',
  'param',
  'advice_code',
  'network_advice_code',
  'network_decline_code',
];

/** `/faults`: the next answers of an endpoint go wrong. `/chaos`: a seeded mixture, until it is ended. */
export function registerFaults(app: ControlApp, ctx: SandboxContext, faults: Faults): void {
  app.get('/faults', (c) => c.json(faults.list()));
  app.post('/faults', async (c) => {
    const params = await readControlBody(c, [...PLAN, 'times']);
    const left = integer(params, 'times') ?? 1;
    if (left < 1) throw invalidRequest('`times` must be 1 or more.', { param: 'times' });
    const id = newId('fault');
    faults.plant({ ...readPlan(params), id, left, chaos: false });
    return c.json({ id });
  });
  app.post('/faults/:id/release', (c) => c.json({ released: faults.release(c.req.param('id')) }));
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ cleared: true });
  });

  app.post('/chaos', async (c) => {
    const params = await readControlBody(c, ['seed', 'faults', 'webhooks']);
    const seed = integer(params, 'seed');
    if (seed === undefined) throw missing('seed');
    const mixture = (hashes(params, 'faults') ?? []).map((one): Fault => {
      refuseUnknown(one, PLAN);
      return { ...readPlan(one), id: newId('fault'), left: null, chaos: true };
    });
    const webhooks = hash(params, 'webhooks') ?? { values: {}, at: 'webhooks' };
    refuseUnknown(webhooks, ['drop', 'double', 'shuffle']);
    const deliveries = {
      drop: share(webhooks, 'drop') ?? 0,
      double: share(webhooks, 'double') ?? 0,
      shuffle: flag(webhooks, 'shuffle') ?? false,
    };
    faults.startChaos(seed, mixture);
    ctx.webhookFaults.startChaos(seed, deliveries);
    return c.json({ seed, faults: mixture, webhooks: deliveries });
  });
  app.delete('/chaos', (c) => {
    faults.startChaos(0, []);
    ctx.webhookFaults.startChaos(0, { drop: 0, double: 0, shuffle: false });
    return c.json({ ended: true });
  });
}

function readPlan(params: Params): FaultPlan {
  const action = oneOf(params, 'action', FAULT_ACTIONS);
  if (action === undefined) throw invalidRequest('Give an `action`.', { param: 'action' });
  return {
    action,
    method: requiredText(params, 'method').toUpperCase(),
    path: requiredText(params, 'path'),
    status: within(params, 'status', [400, 599]) ?? 500,
    error: readError(params),
    reason: oneOf(params, 'reason', RATE_REASONS) ?? 'endpoint-rate',
    shouldRetry: flag(params, 'shouldRetry') ?? null,
    delayMs: within(params, 'delayMs', [0, 600_000]) ?? 1000,
    probability: share(params, 'probability') ?? 1,
  };
}

function readError(params: Params): Partial<StripeErrorBody> {
  const error = hash(params, 'error');
  if (error === undefined) return {};
  refuseUnknown(error, ERROR_FIELDS);
  const fields = ERROR_FIELDS.map((name) => [name, text(error, name)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function within(params: Params, name: string, [least, most]: [number, number]): number | undefined {
  const value = integer(params, name);
  if (value === undefined || (value >= least && value <= most)) return value;
  const bounds = `between ${String(least)} and ${String(most)}`;
  throw invalidRequest(`\`${name}\` must be ${bounds}.`, { param: name });
}
