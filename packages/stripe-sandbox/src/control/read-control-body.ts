import type { Context } from 'hono';
import { invalidRequest } from '../errors.ts';
import { parseJson, readBody } from '../form-body.ts';
import { paramName } from '../params.ts';
import type { Params } from '../params.ts';

/** The JSON object of a control request; a name beyond `known` is refused, so that no typo goes by. */
export async function readControlBody(c: Context, known: readonly string[]): Promise<Params> {
  const params = { values: parseJson(await readBody(c.req.raw)), at: '' };
  refuseUnknown(params, known);
  return params;
}

export function refuseUnknown(params: Params, known: readonly string[]): void {
  const unknown = Object.keys(params.values).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const param = paramName(params, unknown.slice(0, 100));
  throw invalidRequest(`Unknown: ${param}. Known here: ${known.join(', ')}.`, {
    code: 'parameter_unknown',
    param,
  });
}

/** 0 to 1; undefined when absent. */
export function share(params: Params, name: string): number | undefined {
  const value = params.values[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw invalidRequest(`\`${paramName(params, name)}\` must be a number from 0 to 1.`, {
    param: paramName(params, name),
  });
}

/** How many of a list are wanted: 1,000 unless told otherwise, 20,000 at most. */
export function readLimit(asked = '1000'): number {
  const limit = Number(asked);
  return Number.isInteger(limit) ? Math.min(Math.max(limit, 1), 20_000) : 1000;
}
