import fc from 'fast-check';
import { resolveNode } from '../src/param-spec.ts';
import type { ObjectNode, ParamNode } from '../src/param-spec.ts';

/** What a request carries: texts, lists and hashes of them. */
export type Value = string | Value[] | { [name: string]: Value };

/** Texts that break what was not written with care. */
const ODD = [
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e3',
  '1e400',
  'NaN',
  'Infinity',
  '0x10',
  '+5',
  '１０',
  '00012',
  '9007199254740993',
  '-9223372036854775809',
  '9'.repeat(400),
  'true',
  'TRUE',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  'a\0b',
  '\ud800',
  '😀'.repeat(50),
  '‮abc',
  "'; drop table objects; --",
  '%s%n%x',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'javascript:alert(1)',
  'http://127.0.0.1:9/',
  '{"a":1}',
  'x'.repeat(6_000),
  '2026-10-28.endive',
];
const odd: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(...ODD),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...ODD), { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom('a', '0', 'gt', 'enabled', 'constructor'),
    fc.constantFrom(...ODD),
    {
      maxKeys: 3,
    },
  ),
);

/** Values of which some fit and some do not, for a parameter of the SDK's type. */
export function valueOf(
  node: ParamNode,
  name: string,
  ids: readonly string[],
): fc.Arbitrary<Value> {
  return grow(node, name, ids, 3);
}

function grow(
  node: ParamNode,
  name: string,
  ids: readonly string[],
  depth: number,
): fc.Arbitrary<Value> {
  if (depth === 0) return odd;
  return fc.oneof(
    { weight: 12, arbitrary: fitting(node, name, ids, depth) },
    { weight: 1, arbitrary: odd },
  );
}

function fitting(
  node: ParamNode,
  name: string,
  ids: readonly string[],
  depth: number,
): fc.Arbitrary<Value> {
  const shape = resolveNode(node);
  const inner = (of: ParamNode, called: string): fc.Arbitrary<Value> =>
    grow(of, called, ids, depth - 1);
  switch (shape.t) {
    case 'object':
      return objectOf(shape, ids, depth);
    case 'array':
      return fc.array(inner(shape.of, name), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.string({ maxLength: 10 }), inner(shape.of, name), { maxKeys: 3 });
    case 'union':
      return fc.oneof(...shape.of.map((part) => fitting(part, name, ids, depth)));
    case 'enum':
      return fc.constantFrom(...shape.values, 'unlisted');
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'integer':
    case 'number':
    case 'decimal':
      return fc.oneof(
        fc.constantFrom('1', '50', '100', '500', '1099', '2026', '12'),
        fc.integer().map(String),
        fc.double().map(String),
      );
    case 'any':
    case 'file':
    case 'string':
      return textOf(name, ids);
    default:
      return odd;
  }
}

function objectOf(shape: ObjectNode, ids: readonly string[], depth: number): fc.Arbitrary<Value> {
  const names = Object.keys(shape.fields);
  const required = new Set(shape.required ?? []);
  const optional = names.filter((name) => !required.has(name));
  const of = (chosen: string[]): fc.Arbitrary<Value> =>
    fc.record(
      Object.fromEntries(
        chosen.flatMap((name): [string, fc.Arbitrary<Value>][] => {
          const field = shape.fields[name];
          return field === undefined ? [] : [[name, grow(field, name, ids, depth - 1)]];
        }),
      ),
    );
  return fc
    .tuple(
      fc.subarray(optional, { maxLength: Math.min(4, optional.length) }),
      fc.integer({ min: 0, max: 15 }),
    )
    .chain(([chosen, luck]) => of(luck === 0 ? chosen : [...required, ...chosen]));
}

function textOf(name: string, ids: readonly string[]): fc.Arbitrary<Value> {
  const words = fc.constantFrom('Ada', 'ada@example.com', 'US', 'en', '12345');
  if (/url$/.test(name)) {
    return fc.constantFrom(
      'http://127.0.0.1:9/x',
      'https://example.com/a?b={CHECKOUT_SESSION_ID}',
      'x:',
    );
  }
  if (name === 'currency') return fc.constantFrom('usd', 'eur', 'jpy', 'kwd', 'USD', 'zzz');
  if (/^(customer|payment_|setup_|charge|price|product|starting|ending|id|account)/.test(name)) {
    return fc.constantFrom(...ids);
  }
  return fc.oneof(words, fc.constantFrom(...ids), fc.string({ maxLength: 20 }));
}

/** `{ a: { b: ['c'] } }` as `a[b][0]=c`. */
export function toForm(value: Value, at = ''): string {
  const pairs: string[] = [];
  const add = (inner: Value, path: string): void => {
    if (typeof inner === 'string') {
      pairs.push(`${encode(path)}=${encode(inner)}`);
      return;
    }
    for (const [name, child] of Object.entries(inner)) {
      add(child, path === '' ? name : `${path}[${name}]`);
    }
  };
  add(value, at);
  return pairs.join('&');
}

/** Lone surrogates, which encodeURIComponent throws at, become what UTF-8 makes of them. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString('utf8')).replaceAll('%5B', '[');
}
