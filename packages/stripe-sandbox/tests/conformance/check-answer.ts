import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';

const SCHEMA = 'answers';
// A type stands beside `if` and `$ref` in the generated schema, not inside them.
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
ajv.addSchema(
  JSON.parse(readFileSync(new URL('./answers.json', import.meta.url), 'utf8')) as object,
  SCHEMA,
);

/**
 * What is wrong with an answer by the declarations of the installed SDK, a sentence each, naming the
 * field (`charge.refunds.data.0.amount: …`): a required field that is missing, a field that Stripe does
 * not have, a wrong type, a value outside an enum. A list is checked element by element, an event with
 * the object it carries. Nothing is wrong with what the SDK knows as an expanded object of a kind the
 * sandbox does not have.
 */
export function checkAnswer(value: unknown): string[] {
  if (!isRecord(value)) return ['The answer is not an object.'];
  const { object } = value;
  if (object === 'list') return checkPage(value, { has_more: 'boolean', url: 'string' });
  if (object === 'search_result') {
    return checkPage(value, { has_more: 'boolean', url: 'string', next_page: 'string?' });
  }
  if (object === undefined && Array.isArray(value['data'])) {
    return checkPage(value, { next_page_url: 'string?', previous_page_url: 'string?' });
  }
  if (typeof object !== 'string') return ['The answer has no field `object`.'];
  const data = object === 'event' && isRecord(value['data']) ? value['data'] : undefined;
  return [
    ...checkObject(object, value),
    ...(data ? checkAnswer(data['object']).map((problem) => `event: ${problem}`) : []),
  ];
}

/** A page of a list: the fields besides `object` and `data` by their types, `?` for null. */
function checkPage(page: Record<string, unknown>, fields: Record<string, string>): string[] {
  const known = ['object', 'data', 'total_count', ...Object.keys(fields)];
  const problems = Object.keys(page)
    .filter((name) => !known.includes(name))
    .map((name) => `list.${name}: Stripe has no such field`);
  for (const [name, type] of Object.entries(fields)) {
    const found = page[name] === null ? 'null' : typeof page[name];
    if (found !== type && `${found}?` !== type && !(found === 'null' && type.endsWith('?'))) {
      problems.push(`list.${name}: must be ${type}, is ${found}`);
    }
  }
  const { data } = page;
  return Array.isArray(data)
    ? [...problems, ...data.flatMap(checkAnswer)]
    : [...problems, 'list.data: must be an array'];
}

function checkObject(object: string, value: Record<string, unknown>): string[] {
  const validate = ajv.getSchema(`${SCHEMA}#/$defs/${object}`);
  if (!validate) return [`There is no schema for the object '${object}'.`];
  if (validate(value)) return [];
  // The error of an `if` only repeats those of the part it chose.
  const errors = (validate.errors ?? []).filter(
    ({ keyword, instancePath }) =>
      keyword !== 'if' && !(instancePath === '/customer' && isAccountOwned(value)),
  );
  return errors.map((error) => describe(object, value, error));
}

/**
 * What belongs to an Accounts v2 account has no `customer` (stripe.md 10), also the two objects whose
 * `customer` the SDK declares as never null: customer sessions and portal sessions.
 */
function isAccountOwned(value: Record<string, unknown>): boolean {
  return value['customer'] === null && typeof value['customer_account'] === 'string';
}

function describe(object: string, value: unknown, error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1);
  const found = path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);
  const where = [object, ...path].join('.');
  const { params } = error as { params: Record<string, unknown> };
  if (error.keyword === 'additionalProperties') {
    return `${where}.${String(params['additionalProperty'])}: Stripe has no such field`;
  }
  if (error.keyword === 'required') return `${where}.${String(params['missingProperty'])}: missing`;
  return `${where}: ${error.message ?? error.keyword}, is ${JSON.stringify(found).slice(0, 80)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
