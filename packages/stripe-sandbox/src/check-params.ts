import { SandboxError, invalidRequest } from './errors.ts';
import { resolveNode } from './param-spec.ts';
import type { ObjectNode, ParamNode } from './param-spec.ts';
import { isTree, missing } from './params.ts';
import type { ParamTree } from './params.ts';

/**
 * Texts that people write, which Stripe clears when they come empty although the SDK types them as
 * plain strings; ids and the like cannot be cleared so.
 */
const FREE_TEXT: ReadonlySet<string> = new Set([
  ...['email', 'name', 'phone', 'description', 'receipt_email', 'contact_email', 'display_name'],
  ...['statement_descriptor', 'statement_descriptor_suffix', 'tracking_number', 'carrier'],
  ...['line1', 'line2', 'city', 'state', 'postal_code', 'country'],
]);

/** Longer texts are refused; dispute evidence alone may be longer. */
const LONGEST_TEXT = 5000;

/**
 * Holds a request against the SDK's types, as Stripe holds it against its own: unknown names, wrong
 * types, values outside an enum, empty values that unset nothing, missing names (stripe.md 2.9).
 * Throws the first fault. Metadata has rules of its own.
 */
export function checkParams(
  node: ObjectNode,
  values: ParamTree,
  options: { allowed?: readonly string[]; longestText?: number } = {},
): void {
  const known = new Set(['expand', ...(options.allowed ?? [])]);
  checkObject(node, values, '', { known, longestText: options.longestText ?? LONGEST_TEXT });
}

type Rules = { known: ReadonlySet<string>; longestText: number };
const NOTHING_ELSE: ReadonlySet<string> = new Set();

function checkObject(node: ObjectNode, values: ParamTree, at: string, rules: Rules): void {
  const unknown = Object.keys(values)
    .filter((name) => !Object.hasOwn(node.fields, name) && !rules.known.has(name))
    .map((name) => nameAt(at, name.slice(0, 100)));
  const [first] = unknown;
  if (first !== undefined) {
    const shown = unknown.slice(0, 10).join(', ');
    throw invalidRequest(`Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${shown}`, {
      code: 'parameter_unknown',
      param: first,
    });
  }
  const inside = { ...rules, known: NOTHING_ELSE };
  for (const [name, value] of Object.entries(values)) {
    const field = node.fields[name];
    const cleared = value === '' && FREE_TEXT.has(name) && !node.required?.includes(name);
    if (field !== undefined && value !== undefined && !cleared) {
      checkValue(field, value, nameAt(at, name), inside);
    }
  }
  const lacking = node.required?.find((name) => values[name] === undefined);
  if (lacking !== undefined) throw missing(nameAt(at, lacking));
}

function nameAt(at: string, name: string): string {
  return at === '' ? name : `${at}[${name}]`;
}

function checkValue(node: ParamNode, value: unknown, at: string, rules: Rules): void {
  const resolved = resolveNode(node);
  if (resolved.t === 'union') {
    checkUnion(resolved.of, value, at, rules, resolved.clearable === true);
  } else if (value === '' || value === null) {
    checkEmpty(resolved, at);
  } else if (resolved.t === 'object') {
    checkObject(resolved, requireTree(value, at), at, rules);
  } else if (resolved.t === 'map') {
    for (const [name, inner] of Object.entries(requireTree(value, at))) {
      if (at.endsWith('metadata')) continue;
      checkValue(resolved.of, inner, nameAt(at, name), rules);
    }
  } else if (resolved.t === 'array') {
    requireElements(value, at).forEach((element, index) => {
      checkValue(resolved.of, element, nameAt(at, String(index)), rules);
    });
  } else {
    checkLeaf(resolved, value, at, rules);
  }
}

/** An empty value unsets what can be unset; an empty list or hash is no value at all. */
function checkEmpty(node: Exclude<ParamNode, { t: 'ref' | 'union' }>, at: string): void {
  if (node.clearable === true || ['array', 'map', 'object', 'any'].includes(node.t)) return;
  throw invalidRequest(
    `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param: at },
  );
}

function checkLeaf(node: ParamNode, value: unknown, at: string, rules: Rules): void {
  if (node.t === 'any' || node.t === 'file') return;
  if (!isLeaf(value)) throw badValue(leafNoun(node), value, at);
  const text = String(value);
  if (node.t === 'enum') {
    if (!node.values.includes(text)) throw outsideEnum(node.values, at);
  } else if (node.t === 'integer') {
    if (!/^[+-]?\d{1,15}$/.test(text)) {
      throw invalidRequest(`Invalid integer: ${text.slice(0, 100)}`, {
        code: 'parameter_invalid_integer',
        param: at,
      });
    }
  } else if (node.t === 'boolean') {
    if (!/^(true|false)$/i.test(text)) throw badValue('boolean', value, at);
  } else if (node.t === 'number' || node.t === 'decimal') {
    if (!/^[+-]?\d{1,20}(\.\d{1,20})?$/.test(text)) throw badValue('decimal', value, at);
  } else if (text.length > rules.longestText) {
    throw invalidRequest(
      `Invalid string: ${text.slice(0, 20)}...; must be at most ${String(rules.longestText)} characters`,
      { param: at },
    );
  }
}

/** What a form or a JSON body holds at its ends. */
function isLeaf(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function leafNoun(node: ParamNode): string {
  return node.t === 'enum' ? 'string' : node.t;
}

function outsideEnum(allowed: string[], at: string): SandboxError {
  const list =
    allowed.length < 3
      ? allowed.join(' or ')
      : `one of ${allowed.slice(0, -1).join(', ')}, or ${allowed.at(-1) ?? ''}`;
  return invalidRequest(`Invalid ${at}: must be ${list}`, { param: at });
}

function badValue(kind: string, value: unknown, at: string): SandboxError {
  const shown = isLeaf(value) ? String(value).slice(0, 100) : 'a nested value';
  return invalidRequest(`Invalid ${kind}: ${shown}`, { param: at });
}

function requireTree(value: unknown, at: string): ParamTree {
  if (isTree(value)) return value;
  throw invalidRequest('Invalid object', { param: at });
}

/** Arrays come as `a[]=`, `a[0]=`, or with indexes past the form reader's limit. */
function requireElements(value: unknown, at: string): unknown[] {
  if (Array.isArray(value)) return value;
  if (isTree(value) && Object.keys(value).every((key) => /^\d+$/.test(key))) {
    return Object.values(value);
  }
  throw invalidRequest('Invalid array', { param: at });
}

/** One member must fit; the fault shown is that of the member with the value's own shape. */
function checkUnion(
  members: ParamNode[],
  value: unknown,
  at: string,
  rules: Rules,
  clearable: boolean,
): void {
  if (clearable && (value === '' || value === null)) return;
  const resolved = members.map(resolveNode);
  const shaped = resolved.filter(({ t }) => fitsShape(t, value));
  const [only, ...others] = shaped;
  if (only === undefined) throw badValue('value', value, at);
  if (others.length === 0) {
    checkValue(only, value, at, rules);
    return;
  }
  const hashes = shaped.filter((node) => node.t === 'object');
  if (hashes.length === shaped.length) {
    checkValue(mergeObjects(hashes), value, at, rules);
    return;
  }
  const faults = shaped.map((node) => faultOf(node, value, at, rules));
  const last = faults.at(-1);
  if (!faults.includes(null) && last !== null && last !== undefined) throw last;
}

function fitsShape(t: ParamNode['t'], value: unknown): boolean {
  if (t === 'any' || t === 'union') return true;
  if (Array.isArray(value)) return t === 'array';
  if (isTree(value)) return ['object', 'map', 'array'].includes(t);
  return !['object', 'map', 'array'].includes(t);
}

function faultOf(node: ParamNode, value: unknown, at: string, rules: Rules): SandboxError | null {
  try {
    checkValue(node, value, at, rules);
    return null;
  } catch (fault) {
    if (fault instanceof SandboxError) return fault;
    throw fault;
  }
}

/** Variants of a hash, such as a card by number or by token: any of their names, what all require. */
function mergeObjects(nodes: ObjectNode[]): ObjectNode {
  const [first, ...others] = nodes;
  const required = (first?.required ?? []).filter((name) =>
    others.every((node) => node.required?.includes(name) === true),
  );
  const fields = Object.assign({}, ...nodes.map((node) => node.fields)) as ObjectNode['fields'];
  return { t: 'object', fields, required };
}
