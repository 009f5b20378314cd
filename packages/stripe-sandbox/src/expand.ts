import { invalidRequest } from './errors.ts';
import type { Account } from './context.ts';
import { isTree } from './params.ts';
import type { ParamTree } from './params.ts';
import type { StoredType } from './stored-objects.ts';

/** Which fields hold ids that `expand[]` may replace, by object and path inside it. */
const EXPANDABLE: { [object: string]: { [field: string]: StoredType } } = {
  customer: { 'invoice_settings.default_payment_method': 'payment_method' },
  payment_method: { customer: 'customer' },
  setup_intent: { customer: 'customer', payment_method: 'payment_method' },
  payment_intent: {
    customer: 'customer',
    payment_method: 'payment_method',
    latest_charge: 'charge',
  },
  charge: { customer: 'customer', payment_intent: 'payment_intent' },
  refund: {
    charge: 'charge',
    customer: 'customer',
    payment_intent: 'payment_intent',
    payment_method: 'payment_method',
  },
  'checkout.session': {
    customer: 'customer',
    setup_intent: 'setup_intent',
    payment_intent: 'payment_intent',
  },
};

/** Fields that exist in Stripe's answers only when asked for, by object: put in here when expanded. */
export type Includable = (account: Account, object: ParamTree) => unknown;

/** Replaces ids by the objects behind them, in place, for each path of `expand[]` (at most 4 levels). */
export function expandObject(
  account: Account,
  root: ParamTree,
  paths: string[],
  includable: { [objectAndField: string]: Includable },
): void {
  paths.forEach((path, index) => {
    const levels = path.split('.');
    const depth = levels[0] === 'data' ? levels.length - 1 : levels.length;
    if (depth > 4) {
      throw invalidRequest('You cannot expand more than 4 levels of a property.', {
        param: `expand[${String(index)}]`,
      });
    }
    expandPath({ account, path, param: `expand[${String(index)}]`, includable }, root, levels);
  });
}

type Walk = {
  account: Account;
  path: string;
  param: string;
  includable: { [objectAndField: string]: Includable };
};

function expandPath(walk: Walk, target: ParamTree, levels: string[], prefix = ''): void {
  const [level, ...rest] = levels;
  if (level === undefined) return;
  if (target.object === 'list' && level === 'data' && Array.isArray(target.data)) {
    for (const element of target.data as unknown[]) {
      if (isTree(element)) expandPath(walk, element, rest);
    }
    return;
  }
  const owner = typeof target.object === 'string' && prefix === '' ? target.object : '';
  const include = walk.includable[`${owner}.${level}`];
  if (include !== undefined) {
    target[level] = include(walk.account, target);
    continueInto(walk, target[level], rest);
    return;
  }
  const type = EXPANDABLE[owner]?.[level];
  if (type !== undefined) {
    target[level] = load(walk.account, type, target[level]);
    continueInto(walk, target[level], rest);
    return;
  }
  // A plain hash on the way, such as `invoice_settings` in `invoice_settings.default_payment_method`.
  const dotted = `${level}.${rest[0] ?? ''}`;
  const inner = EXPANDABLE[owner]?.[dotted];
  const hash = target[level];
  if (inner !== undefined && isTree(hash) && rest[0] !== undefined) {
    hash[rest[0]] = load(walk.account, inner, hash[rest[0]]);
    continueInto(walk, hash[rest[0]], rest.slice(1));
    return;
  }
  throw invalidRequest(`This property cannot be expanded (${walk.path}).`, { param: walk.param });
}

function continueInto(walk: Walk, value: unknown, rest: string[]): void {
  if (rest.length > 0 && isTree(value)) expandPath(walk, value, rest);
}

function load(account: Account, type: StoredType, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const row = account.ctx.store.find(account.id, type, value);
  if (row === undefined) return value;
  if ('deleted' in row.hidden && row.hidden.deleted) {
    return { id: value, object: type, deleted: true };
  }
  return structuredClone(row.object);
}
