import { invalidRequest } from './errors.ts';

/** A decoded body or query: strings at the leaves for forms, any JSON for client endpoints. */
export type ParamTree = { [name: string]: unknown };

/** Parameters below one place of a request; `at` is that place, for messages (`card`, then `card[number]`). */
export type Params = { values: ParamTree; at: string };

/** The bracketed name a message uses. */
export function paramName(params: Params, name: string): string {
  return params.at === '' ? name : `${params.at}[${name}]`;
}

export function isTree(value: unknown): value is ParamTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function has(params: Params, name: string): boolean {
  return params.values[name] !== undefined;
}

export function missing(name: string): Error {
  return invalidRequest(`Missing required param: ${name}.`, {
    code: 'parameter_missing',
    param: name,
  });
}

function invalid(kind: string, value: unknown, param: string, code?: 'parameter_invalid_integer') {
  const shown = typeof value === 'string' ? value.slice(0, 100) : 'a nested value';
  return invalidRequest(`Invalid ${kind}: ${shown}`, {
    param,
    ...(code === undefined ? {} : { code }),
  });
}

/** A string that may also be cleared: undefined when absent, null when sent empty. */
export function clearable(params: Params, name: string): string | null | undefined {
  const value = params.values[name];
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw invalid('string', value, paramName(params, name));
  if (value.length > 5000) {
    throw invalidRequest(`Invalid string: must be at most 5000 characters`, {
      param: paramName(params, name),
    });
  }
  return value;
}

/** A string that cannot be unset: empty is refused. */
export function text(params: Params, name: string): string | undefined {
  const value = clearable(params, name);
  if (value !== null) return value;
  const param = paramName(params, name);
  throw invalidRequest(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param },
  );
}

export function requiredText(params: Params, name: string): string {
  const value = text(params, name);
  if (value === undefined) throw missing(paramName(params, name));
  return value;
}

/** A whole number; `1.5`, `abc`, and empty are refused. */
export function integer(params: Params, name: string): number | undefined {
  const raw = params.values[name];
  if (typeof raw === 'number' && Number.isSafeInteger(raw)) return raw;
  const value = typeof raw === 'number' ? String(raw) : text(params, name);
  if (value === undefined) return undefined;
  if (!/^[+-]?\d{1,15}$/.test(value)) {
    throw invalid('integer', value, paramName(params, name), 'parameter_invalid_integer');
  }
  return Number(value);
}

/** A boolean; `True` and `False` are what Python's SDK sends. */
export function flag(params: Params, name: string): boolean | undefined {
  const raw = params.values[name];
  if (typeof raw === 'boolean') return raw;
  const value = text(params, name);
  if (value === undefined) return undefined;
  const lower = value.toLowerCase();
  if (lower !== 'true' && lower !== 'false') {
    throw invalid('boolean', value, paramName(params, name));
  }
  return lower === 'true';
}

/** One value out of a closed list. */
export function oneOf<V extends string>(
  params: Params,
  name: string,
  allowed: readonly V[],
): V | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const list =
    allowed.length < 3
      ? allowed.join(' or ')
      : `one of ${allowed.slice(0, -1).join(', ')}, or ${allowed.at(-1) ?? ''}`;
  const param = paramName(params, name);
  throw invalidRequest(`Invalid ${param}: must be ${list}`, { param });
}

/** The parameters below a name; absent and empty are both undefined. */
export function hash(params: Params, name: string): Params | undefined {
  const value = params.values[name];
  if (value === undefined || value === '' || value === null) return undefined;
  const at = paramName(params, name);
  if (!isTree(value)) {
    throw invalidRequest('Invalid object', { param: at });
  }
  return { values: value, at };
}

/** The elements of an array, however the client numbered it (`a[]=`, `a[0]=`, or past the parser's limit). */
function elements(params: Params, name: string): unknown[] | undefined {
  const value = params.values[name];
  if (value === undefined || value === '' || value === null) return undefined;
  if (Array.isArray(value)) return value as unknown[];
  if (isTree(value) && Object.keys(value).every((key) => /^\d+$/.test(key))) {
    return Object.values(value);
  }
  throw invalidRequest('Invalid array', { param: paramName(params, name) });
}

/** An array of strings. */
export function texts(params: Params, name: string): string[] | undefined {
  return elements(params, name)?.map((element, index) => {
    const param = `${paramName(params, name)}[${String(index)}]`;
    if (typeof element === 'number') return String(element);
    if (typeof element !== 'string') throw invalid('string', element, param);
    return element;
  });
}

/** An array of hashes. */
export function hashes(params: Params, name: string): Params[] | undefined {
  return elements(params, name)?.map((element, index) => {
    const at = `${paramName(params, name)}[${String(index)}]`;
    if (!isTree(element)) throw invalidRequest('Invalid object', { param: at });
    return { values: element, at };
  });
}

/** An absolute http or https address. */
export function url(params: Params, name: string): string | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:\/\//i.test(value)) {
    const param = paramName(params, name);
    throw invalidRequest('Not a valid URL', { code: 'url_invalid', param });
  }
  return value;
}
