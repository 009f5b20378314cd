import type { Shape } from './shape.ts';

/** A JSON Schema (2020-12), as plain JSON. */
export type JsonSchema = { [keyword: string]: unknown };

/**
 * The JSON Schema of what an answer may hold: every field that the SDK does not call optional is
 * required, no other field is allowed, no value outside an enum. `types` are the shapes references name.
 */
export function toJsonSchema(shape: Shape, types: Record<string, Shape>): JsonSchema {
  const parts = shape.t === 'union' ? shape.of : [shape];
  const schemas = parts.filter(({ t }) => t !== 'ref').map((part) => simpleSchema(part, types));
  const names = parts.flatMap((part) => (part.t === 'ref' ? [part.name] : []));
  if (names.length > 0) schemas.push(objectSchema(names, types));
  if (shape.clearable) schemas.push({ type: 'null' });
  const [only, ...more] = schemas;
  return only && more.length === 0 ? only : joinSchemas(schemas);
}

/** A schema that says which of its parts it means by the value's JSON type: its errors stay readable. */
function joinSchemas(schemas: JsonSchema[]): JsonSchema {
  if (schemas.some(({ type }) => type === undefined)) return {};
  const byType = new Map<unknown, JsonSchema>();
  for (const schema of schemas) {
    const earlier = byType.get(schema.type);
    byType.set(schema.type, earlier ? { type: schema.type, anyOf: [earlier, schema] } : schema);
  }
  const conditions = [...byType.values()]
    .filter((schema) => Object.keys(schema).length > 1)
    .map(({ type, ...then }) => ({ if: { type }, then }));
  const type = [...byType.keys()];
  return conditions.length > 0 ? { type, allOf: conditions } : { type };
}

function simpleSchema(shape: Shape, types: Record<string, Shape>): JsonSchema {
  switch (shape.t) {
    case 'string':
    case 'decimal':
    case 'file':
      return { type: 'string' };
    case 'integer':
    case 'number':
      return { type: shape.t };
    case 'boolean':
      return { type: 'boolean', ...(shape.only === undefined ? {} : { const: shape.only }) };
    case 'enum':
      return { type: 'string', enum: shape.values };
    case 'array':
      return { type: 'array', items: toJsonSchema(shape.of, types) };
    case 'map':
      return { type: 'object', additionalProperties: toJsonSchema(shape.of, types) };
    case 'list':
      return listSchema(toJsonSchema(shape.of, types));
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [name, toJsonSchema(field, types)]),
        ),
        required: shape.required,
        additionalProperties: false,
      };
    case 'any':
    case 'ref':
    case 'union':
      return {};
  }
}

function listSchema(items: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      object: { const: 'list' },
      data: { type: 'array', items },
      has_more: { type: 'boolean' },
      url: { type: 'string' },
    },
    required: ['object', 'data', 'has_more', 'url'],
    additionalProperties: false,
  };
}

/** One of several objects; of an object and its deleted form, the one that `deleted` announces. */
export function objectSchema(names: readonly string[], types: Record<string, Shape>): JsonSchema {
  const deleted = names.filter((name) => isDeleted(types[name]));
  const kept = names.filter((name) => !deleted.includes(name));
  if (deleted.length === 0 || kept.length === 0) return { type: 'object', ...anyOf(names) };
  return {
    type: 'object',
    if: { required: ['deleted'] },
    then: anyOf(deleted),
    else: anyOf(kept),
  };
}

function isDeleted(shape: Shape | undefined): boolean {
  return shape?.t === 'object' && shape.fields['deleted']?.t === 'boolean';
}

function anyOf(names: readonly string[]): JsonSchema {
  const refs = names.map((name) => ({ $ref: `#/$defs/${name}` }));
  const [only] = refs;
  return only && refs.length === 1 ? only : { anyOf: refs };
}
