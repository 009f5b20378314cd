import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { flag, has, hash, hashes, integer, oneOf, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';

type Field = Stripe.Checkout.Session.CustomField;
const TYPES = ['dropdown', 'numeric', 'text'] as const;

/** `custom_fields`: at most three, each with a key of its own and the settings of its own type only. */
export function readCustomFields(params: Params): Field[] {
  const given = hashes(params, 'custom_fields') ?? [];
  if (given.length > 3) {
    throw invalidRequest('You may pass at most 3 custom fields.', { param: 'custom_fields' });
  }
  const fields = given.map(readField);
  const keys = new Set(fields.map(({ key }) => key));
  if (keys.size < fields.length) {
    throw invalidRequest('The keys of custom fields must be unique.', { param: 'custom_fields' });
  }
  return fields;
}

function readField(given: Params): Field {
  const type = oneOf(given, 'type', TYPES) ?? 'text';
  const key = shortText(given, 'key', 200);
  if (!/^[A-Za-z0-9]+$/.test(key)) {
    throw invalidRequest('The key of a custom field must be alphanumeric.', {
      param: `${given.at}[key]`,
    });
  }
  for (const other of TYPES) {
    if (other === type || !has(given, other)) continue;
    throw invalidRequest(`You can not pass \`${other}\` for a custom field of type \`${type}\`.`, {
      param: `${given.at}[${other}]`,
    });
  }
  const label = hash(given, 'label') ?? { values: {}, at: `${given.at}[label]` };
  return {
    key,
    label: { custom: shortText(label, 'custom', 100), type: 'custom' },
    optional: flag(given, 'optional') ?? false,
    type,
    ...(type === 'dropdown' ? { dropdown: readDropdown(given) } : {}),
    ...(type === 'numeric' ? { numeric: readLimits(given, 'numeric') } : {}),
    ...(type === 'text' ? { text: readLimits(given, 'text') } : {}),
  };
}

function readDropdown(field: Params): NonNullable<Field['dropdown']> {
  const given = hash(field, 'dropdown');
  const at = `${field.at}[dropdown]`;
  const options = (given === undefined ? undefined : hashes(given, 'options')) ?? [];
  if (given === undefined || options.length === 0 || options.length > 200) {
    throw invalidRequest('A dropdown has 1 to 200 options.', { param: `${at}[options]` });
  }
  const read = options.map((option) => ({
    label: shortText(option, 'label', 100),
    value: shortText(option, 'value', 100),
  }));
  if (new Set(read.map(({ value }) => value)).size < read.length) {
    throw invalidRequest('The values of a dropdown must be unique.', { param: `${at}[options]` });
  }
  const preset = text(given, 'default_value') ?? null;
  if (preset !== null && !read.some(({ value }) => value === preset)) {
    throw invalidRequest('The default value must be one of the options.', {
      param: `${at}[default_value]`,
    });
  }
  return { default_value: preset, options: read, value: null };
}

function readLimits(field: Params, type: 'numeric' | 'text'): NonNullable<Field['text']> {
  const given = hash(field, type) ?? { values: {}, at: `${field.at}[${type}]` };
  return {
    default_value: text(given, 'default_value') ?? null,
    maximum_length: integer(given, 'maximum_length') ?? null,
    minimum_length: integer(given, 'minimum_length') ?? null,
    value: null,
  };
}

function shortText(params: Params, name: string, most: number): string {
  const value = requiredText(params, name);
  if (value.length <= most) return value;
  throw invalidRequest(`Invalid string: must be at most ${String(most)} characters`, {
    param: `${params.at}[${name}]`,
  });
}
