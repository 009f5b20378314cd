import { readFileSync } from 'node:fs';

/** How one parameter is typed by the SDK. `clearable`: an empty value unsets it. */
export type ParamNode = { clearable?: true } & (
  | { t: 'string' | 'integer' | 'number' | 'boolean' | 'decimal' | 'file' | 'any' }
  | { t: 'enum'; values: string[] }
  | { t: 'array' | 'map'; of: ParamNode }
  | ObjectNode
  | { t: 'ref'; name: string }
  | { t: 'union'; of: ParamNode[] }
);
export type ObjectNode = {
  t: 'object';
  fields: { [name: string]: ParamNode };
  required?: string[];
};

type Spec = {
  /** By method and path, such as `POST /v1/refunds/:id`; null: a call without parameters. */
  endpoints: { [methodAndPath: string]: string | null };
  types: { [name: string]: ParamNode };
};

/** Generated from the SDK's `*Params` types, never typed by hand: see `generate/`. */
const SPEC = JSON.parse(
  readFileSync(new URL('./generated/request-params.json', import.meta.url), 'utf8'),
) as Spec;

const NOTHING: ObjectNode = { t: 'object', fields: {} };

/** Follows references to a node that says something. */
export function resolveNode(node: ParamNode): Exclude<ParamNode, { t: 'ref' }> {
  if (node.t !== 'ref') return node;
  const found = SPEC.types[node.name];
  if (found === undefined) throw new Error(`The generated parameters lack ${node.name}.`);
  const resolved = resolveNode(found);
  return node.clearable === true ? { ...resolved, clearable: true } : resolved;
}

/** What the SDK lets a call send; nothing for calls that it does not have. `path` as in routes. */
export function paramsOf(method: string, path: string): ObjectNode {
  const name = SPEC.endpoints[`${method} ${path.replaceAll(/:[a-z_]+/gi, ':id')}`];
  if (name === undefined || name === null) return NOTHING;
  const node = resolveNode({ t: 'ref', name });
  if (node.t !== 'object') throw new Error(`${name} is no object of parameters.`);
  return node;
}
