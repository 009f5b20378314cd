/**
 * What a value of the API may be, read from the SDK's declarations. `clearable` marks what may also be
 * null (in a request: null or the empty string, which are the same on the wire).
 */
export type Shape = Kind & { clearable?: true };
type Kind =
  | { t: 'string' | 'integer' | 'number' | 'decimal' | 'file' | 'any' }
  | { t: 'boolean'; only?: boolean }
  | { t: 'enum'; values: string[] }
  | { t: 'array'; of: Shape }
  | { t: 'map'; of: Shape }
  | { t: 'list'; of: Shape }
  | { t: 'object'; fields: Record<string, Shape>; required: string[] }
  | { t: 'ref'; name: string }
  | { t: 'union'; of: Shape[] };

/** The shape of a union, with its parts flattened and its string literals in one enum. */
export function joinShapes(parts: readonly Shape[]): Shape {
  const values: string[] = [];
  const others = new Map<string, Shape>();
  let clearable = false;
  for (const part of parts.flatMap((shape) => (shape.t === 'union' ? spread(shape) : [shape]))) {
    if (part.clearable) clearable = true;
    if (part.t === 'enum') values.push(...part.values);
    else {
      const bare = { ...part };
      delete bare.clearable;
      others.set(JSON.stringify(bare), bare);
    }
  }
  if (values.includes('')) clearable = true;
  const named = [...new Set(values.filter((value) => value !== ''))];
  const kinds = [...others.values()];
  if (named.length > 0) kinds.push({ t: 'enum', values: named });
  const [only] = kinds;
  const joined: Shape = kinds.length === 1 && only ? only : { t: 'union', of: kinds };
  return clearable ? { ...joined, clearable } : joined;
}

function spread(union: Shape & { t: 'union' }): Shape[] {
  return union.clearable ? [...union.of, EMPTY] : union.of;
}

/** Nothing but null: a part of a union that makes the whole clearable. */
export const EMPTY: Shape = { t: 'enum', values: [], clearable: true };
