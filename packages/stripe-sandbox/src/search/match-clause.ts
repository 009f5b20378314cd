import { invalidRequest } from '../errors.ts';
import { isTree } from '../params.ts';
import type { Clause } from './parse-query.ts';

/** Exact match only; also by a part of it; by size; by key. */
type FieldKind = 'token' | 'string' | 'numeric' | 'metadata';

/** What can be searched for, as docs.stripe.com/search lists it; a star stands for one name. */
const FIELDS = {
  charges: {
    amount: 'numeric',
    'billing_details.address.postal_code': 'token',
    created: 'numeric',
    currency: 'token',
    customer: 'token',
    disputed: 'token',
    metadata: 'metadata',
    'payment_method_details.*.last4': 'token',
    'payment_method_details.card.brand': 'token',
    'payment_method_details.card.exp_month': 'token',
    'payment_method_details.card.exp_year': 'token',
    'payment_method_details.card.fingerprint': 'token',
    refunded: 'token',
    status: 'token',
  },
  customers: {
    created: 'numeric',
    email: 'string',
    metadata: 'metadata',
    name: 'string',
    phone: 'string',
  },
  payment_intents: {
    amount: 'numeric',
    created: 'numeric',
    currency: 'token',
    customer: 'token',
    metadata: 'metadata',
    status: 'token',
  },
  prices: {
    active: 'token',
    currency: 'token',
    lookup_key: 'string',
    metadata: 'metadata',
    product: 'string',
    type: 'token',
  },
  products: {
    active: 'token',
    description: 'string',
    metadata: 'metadata',
    name: 'string',
    shippable: 'token',
    url: 'string',
  },
} as const satisfies { [resource: string]: { [field: string]: FieldKind } };

export type Searchable = keyof typeof FIELDS;

/** Refuses a clause whose field cannot be searched, or not in this way: 400 without a code. */
export function checkClause(resource: Searchable, clause: Clause): void {
  const kind = kindOf(resource, clause.field);
  if (kind === undefined) {
    throw invalidRequest(
      `Field \`${clause.field.slice(0, 60)}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${resource.replace('_', '-')} for a list of supported fields.`,
    );
  }
  if ((kind === 'metadata') !== (clause.key !== null)) {
    throw invalidRequest(`Field \`${clause.field}\` needs its key: metadata["key"]:"value".`);
  }
  const fits = {
    token: [':', '='],
    string: [':', '=', '~'],
    metadata: [':', '=', '~'],
    numeric: [':', '=', '>', '<', '>=', '<='],
  }[kind].includes(clause.operator);
  const number = kind !== 'numeric' || clause.value === null || /^-?\d+$/.test(clause.value);
  if (!fits || !number) {
    throw invalidRequest(
      `Field \`${clause.field}\` does not support operator \`${clause.operator}\` with this value.`,
    );
  }
  if (clause.operator === '~' && (clause.value ?? '').length < 3) {
    throw invalidRequest('A substring to search for must have at least 3 characters.');
  }
}

function kindOf(resource: Searchable, field: string): FieldKind | undefined {
  const fields: { [field: string]: FieldKind } = FIELDS[resource];
  const starred = field.replace(/^(payment_method_details\.)[a-z_]+(\.last4)$/, '$1*$2');
  const known = [field, starred].find((name) => Object.hasOwn(fields, name));
  return known === undefined ? undefined : fields[known];
}

/** Whether a checked clause holds for an object. Letters match in either case. */
export function clauseHolds(clause: Clause, object: object): boolean {
  const found = valueAt(object, [
    ...clause.field.split('.'),
    ...(clause.key === null ? [] : [clause.key]),
  ]);
  return compare(clause, found) !== clause.negated;
}

function valueAt(object: object, path: string[]): string | null {
  let value: unknown = object;
  for (const name of path) {
    if (!isTree(value) || !Object.hasOwn(value, name)) return null;
    value = value[name];
  }
  if (isTree(value) && typeof value.id === 'string') return value.id;
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
}

function compare({ operator, value }: Clause, found: string | null): boolean {
  if (value === null || found === null) return value === found;
  const text = found.toLowerCase();
  const wanted = value.toLowerCase();
  if (operator === '~') return text.includes(wanted);
  if (operator === ':' || operator === '=') return text === wanted;
  const [size, bound] = [Number(found), Number(value)];
  if (operator === '>') return size > bound;
  if (operator === '<') return size < bound;
  return operator === '>=' ? size >= bound : size <= bound;
}
