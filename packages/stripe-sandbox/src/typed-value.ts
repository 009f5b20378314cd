import { resolveNode } from './param-spec.ts';
import type { ParamNode } from './param-spec.ts';
import { isTree } from './params.ts';

/**
 * A checked parameter with the types an answer shows: a form's `'1099'` as 1099 and `'true'` as true.
 * `node` is its type in a request; what it does not name stays as it came.
 */
export function typedValue(node: ParamNode | undefined, value: unknown): unknown {
  if (node === undefined) return value;
  const resolved = resolveNode(node);
  if (resolved.t === 'array' && Array.isArray(value)) {
    return value.map((element) => typedValue(resolved.of, element));
  }
  if (resolved.t === 'object' && isTree(value)) {
    const fields = Object.entries(value).map(([name, field]): [string, unknown] => [
      name,
      typedValue(resolved.fields[name], field),
    ]);
    return Object.fromEntries(fields);
  }
  if (typeof value !== 'string') return value;
  if (resolved.t === 'integer' || resolved.t === 'number') return Number(value);
  if (resolved.t === 'boolean') return value === 'true';
  return value;
}
